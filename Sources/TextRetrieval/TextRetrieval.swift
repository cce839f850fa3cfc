// TextRetrieval
