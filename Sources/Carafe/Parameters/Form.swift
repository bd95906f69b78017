public import CarafeHTTP

/// A form's fields read into a type of one's own. A form that does not fit is answered with 400 and what is wrong.
///
/// ```swift
/// struct Login: Decodable { var username: String; var password: String; var remember: Bool? }
/// app.post("/login") { (request: Request, form: Form<Login>) async throws in … }
/// ```
///
/// Optional properties may be absent, `Bool`s too (an unchecked box is not sent); arrays take every value of a name.
public struct Form<Value: Decodable & Sendable>: ContentParameter {
    /// What the fields hold.
    public let value: Value

    /// The files that came with the form.
    public let files: [Upload]

    /// The request's content.
    public static var source: ParameterSource { .body("a form") }

    /// Decodes the form.
    public static func extract(from input: inout HandlerInput) throws -> Form {
        let form = try input.request.loadBufferedForm()
        return Form(
            value: try ParametersDecoder.decode(Value.self, from: form.fields, "form"), files: form.files)
    }

    /// The first file of a field, where the person chose one.
    public func file(_ name: String) -> Upload? { files.first { $0.name == name && $0.isChosen } }
}

extension Upload: ContentParameter {
    /// The request's content.
    public static var source: ParameterSource { .body("a file") }

    /// The first file that the person chose; 400 where there is none.
    public static func extract(from input: inout HandlerInput) throws -> Upload {
        guard let upload = try input.request.loadBufferedForm().files.first(where: \.isChosen) else {
            throw Abort(.badRequest, "The form has no file.")
        }
        return upload
    }
}

extension FormError: HTTPError {
    /// 400; 413 past a limit, 415 where parts are asked of another kind of form, 500 where the app reads it wrongly.
    public var status: HTTPResponse.Status {
        switch kind {
        case .tooLarge: .contentTooLarge
        case .notMultipart: .unsupportedMediaType
        case .partPassed: .internalServerError
        default: .badRequest
        }
    }
    /// What is wrong with the form.
    public var detail: String { message }
}
