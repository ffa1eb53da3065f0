"""A Whoosh codec over flat, memory-mapped arrays.

Whoosh's own writers, readers, queries, collectors, sorting and merging run on it unmodified:
``index.writer(codec=FlatCodec())`` writes it, ``open_dir`` reads it. Beside that it gives the
arrays themselves, so that a searcher can score them with NumPy, and takes arrays, so that a
builder need not feed postings one by one. The package imports nothing of milatui; nothing is
imported here, because ``arrayfile`` must be usable without NumPy and Whoosh.

Modules, from the bottom up:

``arrayfile``        named arrays in one mapped file; imports neither NumPy nor Whoosh
``terms``            ``TermDictionary``: sorted terms, looked up by bisection, one or many
``postings``         ``FieldReader``: terms, postings and positions of a field as arrays
``postings_writer``  ``PostingsWriter``: writes them from arrays, chunk by chunk
``lengths``          ``FieldLengths``: Whoosh's length codes
``stored``           stored fields: JSON in compressed blocks
``vectors``          term vectors of documents
``columns``          Whoosh columns inside the documents file, numeric ones also as arrays
``documents``        ``DocumentsReader``: lengths, stored fields, columns, vectors
``documents_writer`` ``DocumentsWriter``: writes them, and Whoosh's writer of documents
``matcher``          Whoosh's matcher over the postings of a term
``terms_reader``     Whoosh's terms reader and field cursor
``segment_writer``   Whoosh's field writer
``codec``            ``FlatCodec``, ``FlatSegment``, ``SegmentArrays``, manifest, checksums
``bulk``             ``BulkSegmentWriter``: a complete segment from arrays

Reading a segment as arrays
---------------------------
>>> segment = FlatSegment.from_manifest(manifest)      # or: reader.segment()
>>> arrays = segment.open(storage)                     # maps two files, once
>>> field = arrays.fields["body"]                      # FieldReader
>>> field.term_numbers([b"abc", b"abd"])               # int64 (2,); -1 where there is none
>>> doc_ids, weights = field.postings(number)          # uint16 or uint32, and a type of weights
>>> field.all_postings(numbers)                        # of many terms, one after the other
>>> field.doc_freq(number), field.doc_freqs(numbers)   # int, int64 (n,)
>>> field.positions(number)                            # uint32, on the line of positions
>>> field.position_starts                              # uint32 (documents + 1,)
>>> field.terms.prefix_range(b"ab")                    # range of term numbers
>>> field.lengths.of(doc_ids)                          # float64 (df,); lengths may be None
>>> field.lengths.codes, field.lengths.total           # uint8 (documents,), exact sum
>>> arrays.documents.lengths("title")                  # the same for any field
>>> arrays.documents.stored[doc_id]                    # stored fields
>>> arrays.documents.numeric_column("n", schema["n"].column_type)

Opening for Whoosh without unpickling
-------------------------------------
>>> reader = SegmentReader(storage, schema, FlatSegment.from_manifest(manifest))

Writing a segment from arrays
-----------------------------
>>> with BulkSegmentWriter(storage) as writer:
...     for text in texts:
...         writer.documents.add(json_bytes)           # stored fields, in document order
...     writer.documents.set_lengths("body", codes, total)
...     writer.documents.set_numeric_column("n", column, values)
...     format_ = FieldFormat(doc_id_type(len(texts)), weight_type="B")
...     with writer.postings.field("body", terms, doc_freqs, format_,
...                                position_counts, position_starts(extents)) as field:
...         for chunk in chunks:                       # any size, in the order of terms
...             field.append(PostingsChunk(doc_ids, weights, positions))
>>> manifest = writer.segment.to_manifest(storage)
>>> TOC(schema, [writer.segment], 1).write(storage, "MAIN")   # for ``open_dir``

The pickled names ``milatui.index.codec.codec.FlatSegment`` and the two file formats are stable:
an incompatible change needs a new ``arrayfile.VERSION``.
"""

# untranslated: errors that only a programmer can cause
