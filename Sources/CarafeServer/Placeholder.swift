import CarafeHTTP
