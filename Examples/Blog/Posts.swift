import Carafe

/// What the forms for posts send.
struct Draft: Codable {
    var title: String
    var body: String
}

/// Listing, reading, writing, editing and deleting posts.
func posts(_ store: BlogStore) -> Blueprint {
    let posts = Blueprint("posts")

    posts.get("/", name: "index") { try render("posts/index.html", ["posts": store.posts]) }

    posts.get("/posts/<int:id>", name: "show") { (id: Int) in
        guard let post = store.post(id) else { throw Abort(.notFound) }
        return try render("posts/show.html", ["post": post])
    }

    posts.get("/posts/new", name: "new") { request in
        _ = try writer(request)
        return try editor(Draft(title: "", body: ""))
    }

    posts.post("/posts/new", name: "create") { (request: Request, form: Form<Draft>) in
        let author = try writer(request)
        guard isComplete(form.value, request) else {
            return try editor(form.value)
        }
        let post = store.addPost(by: author, title: form.value.title, body: form.value.body)
        request.flash("Your post is online.")
        return redirect(to: try request.url(for: ".show", ["id": post.id]))
    }

    posts.get("/posts/<int:id>/edit", name: "edit") { (request: Request, id: Int) in
        let post = try own(id, store, request)
        return try editor(Draft(title: post.title, body: post.body), of: post)
    }

    posts.post("/posts/<int:id>/edit", name: "update") { (request: Request, id: Int, form: Form<Draft>) in
        let post = try own(id, store, request)
        guard isComplete(form.value, request) else { return try editor(form.value, of: post) }
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

/// The form for a new post, or for one that there is.
private func editor(_ draft: Draft, of post: Post? = nil) throws -> Response {
    try render("posts/editor.html", ["draft": draft, "post": post])
}
