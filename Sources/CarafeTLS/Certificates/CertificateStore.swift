import Carafe
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// The certificates that handshakes are made with, read again when their files have changed.
final class CertificateStore: Sendable {
    private struct State {
        var context: NIOSSLContext
        /// The files as they were when they were last read.
        var files: [[FileState]]
        /// Whether the last attempt to read them failed. It may have come between a new certificate and its key, so
        /// that only the second in a row is told.
        var hasFailed = false
        var isFailureLogged = false
    }

    /// What is spoken with a certificate.
    typealias Configuration = @Sendable (Identity) -> TLSConfiguration

    private let sources: [CertificateSource]
    private let configuration: Configuration
    private let state: Mutex<State>

    /// Reads the certificates.
    ///
    /// - Throws: ``ConfigurationProblem`` where one cannot be used
    init(_ sources: [CertificateSource], _ configuration: @escaping Configuration) throws(ConfigurationProblem) {
        self.sources = sources
        self.configuration = configuration
        let files = sources.map(\.state)
        state = Mutex(State(context: try Self.load(sources, configuration), files: files))
    }

    /// What the next handshake is made with.
    var context: NIOSSLContext { state.withLock { $0.context } }

    /// Reads the certificates again where a file has changed. Those in use stay where that fails.
    func reload(_ logger: Logger) {
        let files = sources.map(\.state)
        guard state.withLock({ $0.files != files || $0.hasFailed && !$0.isFailureLogged }) else { return }
        do throws(ConfigurationProblem) {
            let context = try Self.load(sources, configuration)
            state.withLock { $0 = State(context: context, files: files) }
            logger.notice("The certificates have been read again.")
        } catch {
            let isTold = state.withLock { state in
                let isSecond = state.hasFailed && state.files == files
                state.files = files
                state.hasFailed = true
                state.isFailureLogged = isSecond
                return isSecond
            }
            if isTold { logger.error("The certificates have changed and cannot be used; the old ones stay. \(error)") }
        }
    }

    private static func load(
        _ sources: [CertificateSource], _ make: Configuration
    ) throws(ConfigurationProblem) -> NIOSSLContext {
        var identities: [Identity] = []
        for source in sources { identities.append(try source.load()) }
        guard let first = identities.first else {
            throw ConfigurationProblem("There is no certificate.", hint: "Give TLS one, or serve without it.")
        }
        var configuration = make(first)
        if identities.count > 1 {
            let identities = identities
            configuration.sslContextCallback = { values, promise in
                promise.succeed(override(for: values.serverHostname, among: identities))
            }
        }
        // Each with its key, so that a mistake is found now and not by a client.
        for (identity, source) in zip(identities, sources) { try check(identity, source) }
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw ConfigurationProblem(
                "TLS cannot be set up: \(error)", hint: "The files of the authorities must be certificates in PEM.")
        }
    }

    private static func check(
        _ identity: Identity, _ source: CertificateSource
    ) throws(ConfigurationProblem) {
        guard (try? NIOSSLContext(configuration: identity.configuration)) == nil, case .files(let files) = source else {
            return
        }
        throw ConfigurationProblem(
            "The private key does not belong to the certificate in '\(files.certificate)'.",
            hint: "The certificate itself must come first in its file, those that it is signed with behind it.")
    }

    /// The certificate for the host that a client names; the first where there is none.
    private static func override(
        for host: String?, among identities: [Identity]
    ) -> NIOSSLContextConfigurationOverride {
        var override = NIOSSLContextConfigurationOverride()
        guard let host = host.map({ Identity.lowercased($0.utf8) }),
            let identity = identities.first(where: { $0.isFor(host) })
        else { return override }
        override.certificateChain = identity.chain.map { .certificate($0) }
        override.privateKey = .privateKey(identity.key)
        return override
    }
}
