@_exported import CarafeHTTP
