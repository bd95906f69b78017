import ArgumentParser

/// The certificate that the app is served with.
struct CertificateOptions: ParsableArguments {
    @Option(
        help: "The certificate's file, or adhoc for a throw-away one. The app must have TLS. Default: CARAFE_RUN_CERT.")
    var cert: String?

    @Option(help: "The file of the certificate's private key. Default: CARAFE_RUN_KEY, or the certificate's file.")
    var key: String?

    func validate() throws {
        if key != nil, cert == nil { throw ValidationError("--key needs --cert.") }
    }

    /// Makes them the app's configuration. A certificate that is named here comes without the key of another.
    func apply(to app: App) {
        guard let cert else { return }
        app.config.override("RUN_CERT", cert)
        app.config.override("RUN_KEY", key ?? cert)
    }

    /// A certificate where nothing speaks TLS: without this, the app would be served unprotected.
    static let unusable = ConfigurationProblem(
        "A certificate is configured (--cert or RUN_CERT), but the app has no TLS.",
        hint: "Add the product CarafeTLS to the target, import CarafeTLS, and app.install(TLS()).")
}
