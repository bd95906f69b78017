#if DEBUG || CARAFE_TOOL
    import Carafe

    /// Markup that several pages share.
    package enum PageMarkup {
        /// A place in a file, as a link that opens the editor where one is known.
        package static func place(_ shown: String, path: String?, line: Int, column: Int?, editor: EditorLink?) -> HTML
        {
            guard let editor, let path else { return HTML(#"<span class="place">\#(shown)</span>"#) }
            let url = editor.url(path: path, line: line, column: column)
            return HTML(#"<a class="place" href="\#(url)" title="Open in the editor">\#(shown)</a>"#)
        }

        /// Text behind a heading that opens it.
        package static func folded(_ title: String, _ text: String, isOpen: Bool) -> HTML {
            HTML(
                "<details\(isOpen ? HTML(" open") : HTML(""))><summary>\(title)</summary><pre>\(text)</pre></details>")
        }

        /// Names with values.
        package static func rows(_ rows: [(name: String, value: String)]) -> HTML {
            HTML("<dl>\(rows.map { HTML("<dt>\($0.name)</dt><dd>\($0.value)</dd>") })</dl>")
        }
    }
#endif
