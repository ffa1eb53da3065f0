"""The main screen: where everything is placed, the bars, and the handlers of messages."""
