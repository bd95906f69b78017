import CarafeHTTP
import HTTPTypes
import Logging
import Synchronization

/// Tells once that there is a proxy in front of an app which reads nothing of what it says: the addresses and the scheme of
/// all requests would be the proxy's.
final class ForwardingNotice: Sendable {
    /// Only so many requests of an app are looked at, so that the others pay for a comparison alone. A proxy sets its fields
    /// from the first request on.
    static let requestLimit: UInt64 = 100

    private let isTold = Atomic(false)

    func look(at request: Request, _ context: Context) {
        guard context.serial <= Self.requestLimit else { return }
        tell(of: request, context.app.logger)
    }

    private func tell(of request: Request, _ logger: Logger) {
        // Around an app that is mounted in another, somebody else may have read the fields.
        guard request.original.connection === request.connection,
            [HTTPField.Name.forwardedFor, HTTPField.Name.forwarded].contains(where: { name in
                name.map { request.headers.contains($0) } ?? false
            }),
            !isTold.exchange(true, ordering: .relaxed)
        else { return }
        logger.warning(
            """
            Requests come through a proxy (X-Forwarded-For, Forwarded), but the app reads nothing of what it says: addresses \
            and schemes are the proxy's. If the proxy is yours, add app.use(ProxyHeaders()); if not, clients write these \
            fields themselves.
            """)
    }
}
