import Foundation

/// Whether a sanitizer watches, as `scripts/sanitize` has it: what was freed is kept then, and Swift's runtime cannot report a
/// crash.
package let isSanitized = ProcessInfo.processInfo.environment["CARAFE_SANITIZED"] != nil
