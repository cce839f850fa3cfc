@_exported import NativeBackend
@_exported import QueryLanguage
@_exported import SearchAPI
