import ArgumentParser
import CarafeServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The codes with which an app's process ends (`sysexits.h`).
enum ExitStatus {
    /// `EX_UNAVAILABLE`: the address cannot be bound.
    static let unavailable: Int32 = 69
    /// `EX_CONFIG`: the app is put together wrongly.
    static let configuration: Int32 = 78

    static func code(for error: any Error) -> Int32 {
        switch error {
        case is ConfigurationError, is ConfigurationProblem: configuration
        case is ServerError: unavailable
        default: AppCommand.exitCode(for: error).rawValue
        }
    }

    static func exit(_ code: Int32) -> Never {
        #if canImport(Glibc)
            Glibc.exit(code)
        #elseif canImport(Musl)
            Musl.exit(code)
        #else
            Darwin.exit(code)
        #endif
    }
}
