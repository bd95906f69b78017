import CarafeRouting
import Testing

@Suite("Which rule answers")
struct PriorityTests {
    @Test("text before numbers before strings before paths, however they are registered")
    func weights() throws {
        let routes = try Routes("/<path:p>", "/<s>", "/<float:f>", "/<int:i>", "/1")
        #expect(routes.match("/1") == "/1")
        #expect(routes.match("/2") == "/<int:i> i=2")
        #expect(routes.match("/2.5") == "/<float:f> f=2.5")
        #expect(routes.match("/x") == "/<s> s=x")
        #expect(routes.match("/x/y") == "/<path:p> p=x/y")
    }

    @Test("more text in a segment before less, and more variables before fewer")
    func mixedSegments() throws {
        let routes = try Routes("/<s>", "/a<s>", "/a<s>b", "/ab<s>", "/<s>-<t>")
        #expect(routes.match("/axb") == "/a<s>b s=x")
        #expect(routes.match("/ax") == "/a<s> s=x")
        #expect(routes.match("/abx") == "/ab<s> s=x")
        #expect(routes.match("/x-y") == "/<s>-<t> s=x t=y")
        #expect(routes.match("/x") == "/<s> s=x")
    }

    @Test("the leftmost segment decides first, and the search comes back where it leads nowhere")
    func leftToRight() throws {
        let routes = try Routes("/<s>/x", "/a/<s>", "/a/<s>/c", "/<s>/b/d")
        #expect(routes.match("/a/x") == "/a/<s> s=x")
        #expect(routes.match("/b/x") == "/<s>/x s=b")
        #expect(routes.match("/a/b/d") == "/<s>/b/d s=a")
    }

    @Test("of equal rules the first registered, whichever others share their beginnings")
    func registration() throws {
        let id = "9c01e6b0-4e1d-4f2a-8b5d-0123456789ab"
        #expect(try Routes("/<s>", "/<uuid:u>").match("/" + id) == "/<s> s=\(id)")
        #expect(try Routes("/<uuid:u>", "/<s>").match("/" + id) == "/<uuid:u> u=\(id)")
        let shared = try Routes("/<any(a, b):x>/1", "/<s>/2", "/<any(a, b):x>/2")
        #expect(shared.match("/a/2") == "/<s>/2 s=a")
        #expect(shared.match("/a/1") == "/<any(a, b):x>/1 x=a")
    }

    @Test("the next, where a converter rejects the value")
    func rejected() throws {
        let routes = try Routes("/<int(max=3):i>", "/<string(length=2):s>", "/<path:p>")
        #expect(routes.match("/3") == "/<int(max=3):i> i=3")
        #expect(routes.match("/55") == "/<string(length=2):s> s=55")
        #expect(routes.match("/555") == "/<path:p> p=555")
    }
}
