public import HTTPTypes

/// What the conditional fields of a request ask for (RFC 9110 §13).
///
/// ```swift
/// switch Preconditions(request.headers).evaluate(method: request.method, etag: etag, lastModified: date) {
/// case .proceed(let isRangeApplicable): …
/// case .notModified: return Response(status: .notModified)
/// case .preconditionFailed: return Response(status: .preconditionFailed)
/// }
/// ```
public struct Preconditions: Sendable {
    /// What to do with the request.
    public enum Outcome: Sendable, Hashable {
        /// Perform it; a `Range` field counts only where `isRangeApplicable`.
        case proceed(isRangeApplicable: Bool)
        /// Answer 304: the client has this version.
        case notModified
        /// Answer 412: the client expects another version.
        case preconditionFailed
    }

    private let headers: Headers

    /// The preconditions among `headers`.
    public init(_ headers: Headers) {
        self.headers = headers
    }

    /// Whether there is none, and so nothing to evaluate.
    public var isEmpty: Bool {
        ![HTTPField.Name.ifMatch, .ifUnmodifiedSince, .ifNoneMatch, .ifModifiedSince, .ifRange].contains {
            headers.contains($0)
        }
    }

    /// Holds the fields against the current version, in the order of RFC 9110 §13.2.2. A date that cannot be read
    /// is as good as absent.
    ///
    /// Evaluate only where the answer without conditions would be 2xx (or 412), as §13.2.1 says.
    ///
    /// - Parameters:
    ///   - method: 304 and ranges are for GET and HEAD; other methods get 412 in their place.
    ///   - etag: The tag of the current version, where it has one.
    ///   - lastModified: When the current version was made, where that is known.
    ///   - exists: Whether there is a current version at all; a PUT may create it.
    public func evaluate(
        method: HTTPRequest.Method, etag: EntityTag? = nil, lastModified: HTTPDate? = nil, exists: Bool = true
    ) -> Outcome {
        let isRead = method == .get || method == .head
        if let expected = headers.ifMatch {
            guard exists, expected.matchesAny || (etag.map(expected.containsStrongly) ?? false) else {
                return .preconditionFailed
            }
        } else if let date = headers.ifUnmodifiedSince, let lastModified, lastModified > date {
            return .preconditionFailed
        }
        if let known = headers.ifNoneMatch {
            if exists, known.matchesAny || (etag.map(known.containsWeakly) ?? false) {
                return isRead ? .notModified : .preconditionFailed
            }
        } else if isRead, let date = headers.ifModifiedSince, let lastModified, lastModified <= date {
            return .notModified
        }
        return .proceed(isRangeApplicable: isRangeApplicable(method, etag, lastModified))
    }

    /// Whether there is a range to be served: with `If-Range`, only of the version that it names.
    private func isRangeApplicable(
        _ method: HTTPRequest.Method, _ etag: EntityTag?, _ lastModified: HTTPDate?
    ) -> Bool {
        guard method == .get, headers.contains(.range) else { return false }
        guard headers.contains(.ifRange) else { return true }
        switch headers.ifRange {
        case .tag(let tag): return etag.map(tag.matchesStrongly) ?? false
        case .date(let date): return lastModified == date
        case nil: return false
        }
    }
}
