import Carafe

/// What the forms for posts send.
struct Draft: Decodable {
    var title: String
    var body: String
}

/// Listing, reading, writing, editing and deleting posts.
func posts(_ store: BlogStore) -> Blueprint {
    let posts = Blueprint("posts")

    posts.get("/", name: "index") { request in
        page(request, title: "Posts") {
            HTML(joining: store.posts.map { article($0, request, isWhole: false) })
        }
    }

    posts.get("/posts/<int:id>", name: "show") { (request: Request, id: Int) in
        guard let post = store.post(id) else { throw Abort(.notFound) }
        return page(request, title: post.title, showsTitle: false) { article(post, request, isWhole: true) }
    }

    posts.get("/posts/new", name: "new") { request in
        _ = try writer(request)
        return editor(request, title: "New post", action: "/posts/new", draft: Draft(title: "", body: ""))
    }

    posts.post("/posts/new", name: "create") { (request: Request, form: Form<Draft>) in
        let author = try writer(request)
        guard isComplete(form.value, request) else {
            return editor(request, title: "New post", action: "/posts/new", draft: form.value)
        }
        let post = store.addPost(by: author, title: form.value.title, body: form.value.body)
        request.flash("Your post is online.")
        return redirect(to: try request.url(for: ".show", ["id": post.id]))
    }

    posts.get("/posts/<int:id>/edit", name: "edit") { (request: Request, id: Int) in
        let post = try own(id, store, request)
        return editor(
            request, title: "Edit post", action: "/posts/\(id)/edit", draft: Draft(title: post.title, body: post.body))
    }

    posts.post("/posts/<int:id>/edit", name: "update") { (request: Request, id: Int, form: Form<Draft>) in
        _ = try own(id, store, request)
        guard isComplete(form.value, request) else {
            return editor(request, title: "Edit post", action: "/posts/\(id)/edit", draft: form.value)
        }
        store.update(id, title: form.value.title, body: form.value.body)
        request.flash("Your changes are saved.")
        return redirect(to: try request.url(for: ".show", ["id": id]))
    }

    posts.post("/posts/<int:id>/delete", name: "delete") { (request: Request, id: Int) in
        _ = try own(id, store, request)
        store.delete(id)
        request.flash("The post is gone.")
        return redirect(to: try request.url(for: ".index"))
    }

    return posts
}

/// The user who is logged in; others are sent to log in.
private func writer(_ request: Request) throws -> User {
    if let user: User = request.g["user"] { return user }
    request.flash("Log in first.", category: "error")
    throw Abort(redirect(to: try request.url(for: "accounts.login")))
}

/// A post of the user who is logged in; those of others are forbidden.
private func own(_ id: Int, _ store: BlogStore, _ request: Request) throws -> Post {
    let user = try writer(request)
    guard let post = store.post(id) else { throw Abort(.notFound) }
    guard post.author.id == user.id else { throw Abort(.forbidden) }
    return post
}

private func isComplete(_ draft: Draft, _ request: Request) -> Bool {
    if draft.title.isEmpty || draft.body.isEmpty {
        request.flash("A post needs a title and a text.", category: "error")
        return false
    }
    return true
}

private func article(_ post: Post, _ request: Request, isWhole: Bool) -> HTML {
    let user: User? = request.g["user"]
    let lines = post.body.split(separator: "\n").map(String.init)
    let shown = isWhole ? lines : Array(lines.prefix(2))
    let title =
        isWhole ? HTML("<h1>\(post.title)</h1>") : HTML("<h2><a href=\"/posts/\(post.id)\">\(post.title)</a></h2>")
    let actions =
        isWhole && user?.id == post.author.id
        ? HTML(
            """
            <footer><a class=button href="/posts/\(post.id)/edit">Edit</a>
            <form method=post action="/posts/\(post.id)/delete"><button class=quiet>Delete</button></form></footer>
            """) : HTML("")
    return HTML(
        """
        <article class=card>
        <header>\(title)<p class=meta>\(post.author.name), <time>\(post.created)</time></p></header>
        \(shown.map { HTML("<p>\($0)</p>") })
        \(actions)
        </article>
        """)
}

private func editor(_ request: Request, title: String, action: String, draft: Draft) -> Response {
    page(request, title: title) {
        HTML(
            """
            <form method=post action="\(action)" class=card>
              <label>Title <input name=title value="\(draft.title)" required autofocus></label>
              <label>Text <textarea name=body rows=10 required>
            \(draft.body)</textarea></label>
              <button>Save</button>
            </form>
            """)
    }
}
