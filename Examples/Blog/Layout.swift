import Carafe

/// A page of the blog around its content.
func page(
    _ request: Request, title: String, status: HTTPResponse.Status = .ok, showsTitle: Bool = true,
    _ content: () -> HTML
) -> Response {
    let user: User? = request.g["user"]
    let stylesheet = (try? request.url(for: "static", ["filename": "style.css"])) ?? "/static/style.css"
    let messages = request.flashedMessages().map { message in
        HTML("<p class=\"flash \(message.category)\" role=status>\(message.text)</p>")
    }
    let account =
        if let user {
            HTML(
                """
                <span>\(user.name)</span> <a href="/posts/new">New post</a>
                <form method=post action="/account/logout"><button class=link>Log out</button></form>
                """)
        } else {
            HTML("<a href=\"/account/register\">Register</a> <a href=\"/account/login\">Log in</a>")
        }
    return HTML(
        """
        <!doctype html>
        <html lang=en>
        <head>
        <meta charset=utf-8>
        <meta name=viewport content="width=device-width, initial-scale=1">
        <title>\(title) · Carafe blog</title>
        <link rel=stylesheet href="\(stylesheet)">
        </head>
        <body>
        <nav><a class=brand href="/">Carafe blog</a><div class=account>\(account)</div></nav>
        <main>
        \(messages)
        \(showsTitle ? HTML("<h1>\(title)</h1>") : HTML(""))
        \(content())
        </main>
        </body>
        </html>

        """
    ).status(status)
}
