// What an app needs besides Carafe itself comes with `import Carafe`.
@_exported public import ArgumentParser
@_exported public import CarafeHTTP
@_exported public import CarafeRouting
@_exported public import CarafeServer
@_exported public import CarafeSigning
@_exported public import CarafeTemplates
@_exported public import HTTPTypes
@_exported public import Logging
