#if DEBUG || CARAFE_TOOL
    import CarafeHTTP

    /// The form in which a client wants to be told of something.
    package enum PageFormat: Sendable {
        /// For browsers.
        case page
        /// Problem details (RFC 9457), for what asks for JSON.
        case json
        /// For everything else, curl above all.
        case text

        /// What `Accept` asks for. What takes anything, or says nothing, gets text.
        package init(_ accept: MediaTypeAccept) {
            let html = accept.quality(of: "text/html")
            let json = max(accept.quality(of: "application/json"), accept.quality(of: "application/problem+json"))
            let plain = accept.quality(of: "text/plain")
            if accept.isProvided, json > html, json > plain {
                self = .json
            } else if accept.isProvided, html >= plain, html > 0, !(html == plain && html == json) {
                self = .page
            } else {
                self = .text
            }
        }

        /// What a request asks for: one that sends JSON and takes anything wants JSON.
        package init(_ request: Request) {
            self.init(request.headers.accept)
            if self == .text, request.headers.contentType?.isJSON == true { self = .json }
        }
    }
#endif
