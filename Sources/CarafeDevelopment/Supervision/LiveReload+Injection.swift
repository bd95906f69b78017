#if DEBUG
    import CarafeHTTP

    extension LiveReload {
        /// The response with the script's element in it, where it is an HTML page.
        package func addScript(to response: Response) -> Response {
            response.adding(toPieces: true) { nonce in LiveReloadScript.element(version: version, nonce: nonce) }
        }
    }
#endif
