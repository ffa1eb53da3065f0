"""Text analysis: tokenizer, stemmer, stop words and the Whoosh analyzers made of them."""
