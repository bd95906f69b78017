@testable import CarafeTemplates

/// Where we answer otherwise than CPython on purpose.
enum PythonCallDifference {
    static func isKnown(_ vector: PythonCallVector, _ ours: PythonCallAnswer) -> Bool {
        reason(vector, ours) != nil
    }

    private static func reason(_ vector: PythonCallVector, _ ours: PythonCallAnswer) -> String? {
        if vector.f == "is_integer", vector.e?.first == "AttributeError" {
            return "integers have `is_integer` since Python 3.12"
        }
        if ours.error?.first == "TemplateLimitError" { return "sizes are limited" }
        if vector.f == "sort", ours.error?.first == "TypeError", vector.e?.first == "TypeError" {
            return "another pair of the list is compared first"
        }
        if let result = ours.result, vector.r == "Markup(\(result))", ["format", "formatted"].contains(vector.f) {
            return "CPython hands out the very Markup where a field changes nothing of it; that is escaped here"
        }
        return nil
    }
}
