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
        return nil
    }
}
