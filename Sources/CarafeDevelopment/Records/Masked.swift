#if DEBUG
    import Carafe
    import CarafeHTTP
    import CarafeTemplates

    /// Values as pages show them: what is secret by its name is masked, what is long is cut.
    package enum Masked {
        /// How many bytes of a value are shown.
        package static let valueLimit = 2_000

        /// A text, cut where it is long.
        package static func cut(_ text: String, to limit: Int = valueLimit) -> String {
            guard text.utf8.count > limit else { return text }
            return String(decoding: text.utf8.prefix(limit), as: UTF8.self) + " … (\(text.utf8.count) bytes)"
        }

        /// A text of a name.
        package static func text(_ text: String, named name: String) -> String {
            Secrets.isSecret(name) ? Secrets.mask : cut(Secrets.withoutPassword(text))
        }

        /// What a template was given, as the template would print it.
        package static func text(of value: any Encodable & Sendable, named name: String) -> String {
            if Secrets.isSecret(name) { return Secrets.mask }
            guard let value = try? TemplateValue(converting: value), let text = try? value.representation else {
                return "a \(type(of: value))"
            }
            return cut(text)
        }

        /// The path and query of a request as they were sent, without secret values.
        package static func target(of request: Request) -> String { cut(request.maskedTarget) }
    }
#endif
