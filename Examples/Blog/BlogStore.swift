import Carafe
import Synchronization

/// A person who may write.
struct User: Sendable {
    let id: Int
    let name: String
    let passwordHash: String
}

/// Templates see who it is, and not the hash.
extension User: TemplateValueConvertible {
    var templateValue: TemplateValue { ["id": .int(id), "name": .string(name)] }
    func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }
}

/// Something that a person wrote.
struct Post: Sendable {
    let id: Int
    let author: User
    var title: String
    var body: String
    let created: HTTPDate
}

extension Post: TemplateValueConvertible {
    var templateValue: TemplateValue {
        get throws {
            [
                "id": .int(id), "author": author.templateValue, "title": .string(title),
                "lines": .list(body.split(separator: "\n").map { .string(String($0)) }),
                "created": try created.templateValue,
            ]
        }
    }
    func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }
}

/// The blog's users and posts, in memory.
final class BlogStore: Sendable {
    private struct State {
        var users: [User] = []
        var posts: [Post] = []
        var nextPost = 1
    }

    private let state = Mutex(State())

    /// Every post, the newest first.
    var posts: [Post] { state.withLock { $0.posts.reversed() } }

    func post(_ id: Int) -> Post? { state.withLock { $0.posts.first { $0.id == id } } }

    func user(_ id: Int) -> User? { state.withLock { $0.users.first { $0.id == id } } }

    func user(named name: String) -> User? { state.withLock { $0.users.first { $0.name == name } } }

    /// Adds a user; nil where the name is taken.
    func addUser(_ name: String, passwordHash: String) -> User? {
        state.withLock { state in
            guard !state.users.contains(where: { $0.name == name }) else { return nil }
            let user = User(id: state.users.count + 1, name: name, passwordHash: passwordHash)
            state.users.append(user)
            return user
        }
    }

    @discardableResult
    func addPost(by author: User, title: String, body: String) -> Post {
        state.withLock { state in
            let post = Post(id: state.nextPost, author: author, title: title, body: body, created: .now)
            state.nextPost += 1
            state.posts.append(post)
            return post
        }
    }

    func update(_ id: Int, title: String, body: String) {
        state.withLock { state in
            guard let place = state.posts.firstIndex(where: { $0.id == id }) else { return }
            state.posts[place].title = title
            state.posts[place].body = body
        }
    }

    func delete(_ id: Int) { state.withLock { $0.posts.removeAll { $0.id == id } } }

    /// A first post, so that the first page is not empty. Nobody can log in as its author.
    func seed() {
        guard let author = addUser("carafe", passwordHash: "") else { return }
        addPost(
            by: author, title: "Welcome",
            body: """
                This blog is one small Swift program. Register, log in, and write the next post.

                Try a title like <script>alert(1)</script>: text stays text.
                """)
    }
}
