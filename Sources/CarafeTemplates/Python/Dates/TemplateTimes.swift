/// What dates and times have in common.
enum TemplateTimes {
    /// The object of one of their types that a value is.
    static func object<Object: TemplateObject>(_ value: TemplateValue) -> Object? {
        guard case .object(let object) = value else { return nil }
        return object as? Object
    }

    /// `strftime(format)`
    static let strftime: PythonMethodLine = (
        "strftime", .named(["format"]),
        { call in
            guard call[0] != nil else {
                throw TemplateError(.typeError, "strftime() missing required argument 'format' (pos 1)")
            }
            let format = try call.text(0, "strftime() argument 1 must be str")
            return .string(try formatted(call.receiver, format, call.limits))
        }
    )

    private static func formatted(
        _ value: TemplateValue, _ format: String, _ limits: TemplateLimits
    ) throws -> String {
        guard case .object(let object as any TemplateFormattable) = value else { return "" }
        return try object.formatted(format, limits)
    }

    /// The parameters that `replace` takes, filled with what is there already.
    struct Replacement {
        let call: PythonCall

        /// A part as a number.
        func number(_ position: Int, _ standard: Int) throws -> Int {
            try call.integer(position, type: "long") ?? standard
        }

        func zone(_ position: Int, _ standard: TemplateTimeZone?) throws -> TemplateTimeZone? {
            guard let value = call[position] else { return standard }
            return try TemplateTimeZone.zone(value)
        }
    }

    /// The attribute `tzinfo`, and `None` where there is no zone.
    static func value(_ zone: TemplateTimeZone?) -> TemplateValue { zone.map { .object($0) } ?? .none }

    /// What methods about the zone give.
    static func offset(_ zone: TemplateTimeZone?) -> TemplateValue {
        zone.map { .object(TemplateTimeDelta(seconds: $0.offset)) } ?? .none
    }

    static func name(_ zone: TemplateTimeZone?) -> TemplateValue { zone.map { .string($0.text) } ?? .none }

    /// The end of a `repr` that has a zone.
    static func listed(_ zone: TemplateTimeZone?) throws -> String {
        try zone.map { ", tzinfo=\(try $0.representation)" } ?? ""
    }
}
