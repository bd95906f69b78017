public import HTTPTypes

/// An error that nobody expected, as handlers for HTTP errors get it: a 500.
///
/// ```swift
/// app.onError((any HTTPError).self) { request, error in
///     JSON(["error": error.status.code], status: error.status)      // sees every error, the unexpected ones too
/// }
/// ```
public struct InternalServerError: HTTPError {
    /// 500
    public var status: HTTPResponse.Status { .internalServerError }
    /// The error that was thrown. It has been logged.
    public let originalError: any Error
}
