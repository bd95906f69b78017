#if DEBUG
    import Carafe
    import CarafeHTTP
    import HTTPTypes

    extension ErrorReport {
        /// The report in the form that the client wants.
        func response(for request: Request, status: HTTPResponse.Status, editor: EditorLink?) -> Response {
            switch PageFormat(request) {
            case .page: page(status: status, editor: editor)
            case .json: jsonResponse(status: status)
            case .text: textResponse(status: status) { [self] in text(await frames()) }
            }
        }

        func jsonResponse(status: HTTPResponse.Status) -> Response {
            response(status: status, type: "application/problem+json") { [self] in
                (try? JSONWriter(isIndented: true).string(from: problem(await frames()))) ?? "{}"
            }
        }

        func textResponse(status: HTTPResponse.Status, _ text: @escaping @Sendable () async -> String) -> Response {
            response(status: status, type: "text/plain; charset=utf-8", text)
        }

        private func response(
            status: HTTPResponse.Status, type: String, _ text: @escaping @Sendable () async -> String
        ) -> Response {
            Response(
                status: status,
                headers: [.contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"],
                body: .stream { try await $0.write(await text()) })
        }
    }

    extension ErrorReports {
        /// The answer to a request for one of the latest errors, or for their list; nil for every other request.
        ///
        /// An id may end in `.txt`, `.md` or `.json` for that form; else the client says which it wants.
        func respond(to request: Request, editor: EditorLink?) -> Response? {
            let path = request.head.target.rawPath
            guard path.utf8.starts(with: Self.path.utf8) || path.utf8.elementsEqual(Self.path.utf8.dropLast()) else {
                return nil
            }
            let parts = path.utf8.dropFirst(Self.path.utf8.count).split(
                separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false
            ).map { String(decoding: $0, as: UTF8.self) }
            guard let id = parts.first, !id.isEmpty else { return list }
            guard let report = self[id] else {
                return Response("This error is not among the last \(Self.limit) any more.\n", status: .notFound)
            }
            switch parts.count > 1 ? parts[1] : nil {
            case "txt": return report.textResponse(status: .ok) { report.text(await report.frames()) }
            case "md": return report.textResponse(status: .ok) { report.markdown(await report.frames()) }
            case "json": return report.jsonResponse(status: .ok)
            case nil: return report.response(for: request, status: .ok, editor: editor)
            default: return Response("There are .txt, .md and .json.\n", status: .notFound)
            }
        }

        private var list: Response {
            let items = latest.map { report in
                HTML(
                    """
                    <section><header><h2><a href="\(report.path)">\(report.title)</a></h2>
                    <p class="place">\(report.record.requestLine) · \(report.date.description)</p></header></section>
                    """)
            }
            let count = items.isEmpty ? "There was none yet." : "The newest first; \(Self.limit) are kept."
            return DevelopmentPage(
                title: "The latest errors", kind: "Errors", summary: HTML(#"<p class="soft">\#(count)</p>"#),
                content: HTML(joining: items), version: nil
            ).response(status: .ok)
        }
    }
#endif
