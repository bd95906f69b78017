internal import CarafeTemplates

/// An error as cases have it.
package struct CaseError: Encodable {
    package let `class`: String
    package let message: String
    package let template: String?
    package let line: Int?

    package init(_ error: any Error) {
        if let error = error as? TemplateError {
            self.class = error.kind.name
            message = error.message
            template = error.template
            line = error.line
        } else {
            self.class = "\(type(of: error))"
            message = "\(error)"
            template = nil
            line = nil
        }
    }
}

extension CaseError: CustomStringConvertible {
    package var description: String {
        "\(self.class): \(message) (\(template ?? "?"), line \(line.map(String.init) ?? "?"))"
    }
}
