"""Makes the table of ten thousand posts in the database that DATABASE_URL names."""

import os

from sqlalchemy import create_engine, text

engine = create_engine(os.environ["DATABASE_URL"])
with engine.begin() as connection:
    connection.execute(text("DROP TABLE IF EXISTS post"))
    connection.execute(text(
        "CREATE TABLE post (id INTEGER PRIMARY KEY, author VARCHAR(40) NOT NULL, title VARCHAR(200) NOT NULL,"
        " body TEXT NOT NULL)"))
    connection.execute(
        text("INSERT INTO post (id, author, title, body) VALUES (:id, :author, :title, :body)"),
        [{"id": number, "author": f"author{number % 50}", "title": f"The <b>title</b> of post {number}",
          "body": "Some words & then some more. " * 6} for number in range(1, 10_001)])
