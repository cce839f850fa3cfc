// NativeBackend
