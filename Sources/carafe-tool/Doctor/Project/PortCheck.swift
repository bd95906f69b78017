#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whether the app can listen where it shall.
enum PortCheck {
    static func finding(host: String, port: Int) -> Finding {
        do {
            let socket = try ListeningSocket(host: host, port: port)
            close(socket.descriptor)
            return Finding(.fine, "port", "\(host):\(port) is free")
        } catch let error as ToolError {
            return Finding(.warning, "port", error.message)
        } catch {
            return Finding(.warning, "port", "\(error)")
        }
    }
}
