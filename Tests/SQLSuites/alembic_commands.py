"""Alembic's command line on a project and a database: alembic_commands.py FOLDER URL COMMAND ARGUMENTS…"""
import sys

from alembic import command
from alembic.config import Config

folder, url, name, *arguments = sys.argv[1:]
config = Config(folder + "/../alembic.ini")
config.set_main_option("script_location", folder)
config.set_main_option("sqlalchemy.url", url)
if name == "init":
    command.init(config, folder)
else:
    getattr(command, name)(config, *arguments)
