"""The commands of `oasis`, for the person who installs and runs it."""

import typer

from oasis.config.commands import demo, entrance, found, keeping, run, vault, work

# A traceback with local variables could show a child's name: none of typer's pretty ones.
app = typer.Typer(
    help="绿洲：留守儿童关爱工作系统", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
)
app.command()(run.up)
app.command()(found.init)
app.command()(found.check)
app.command()(entrance.code)
app.command()(entrance.unlock)
app.command()(entrance.people)
app.command("demo")(demo.fill)
app.command()(vault.backup)
app.command()(vault.restore)
app.command()(vault.move)
app.command("retention")(keeping.retention)
app.command("rotate-key")(vault.rotate_key)
app.command("import")(work.import_roster)
app.command()(work.summary)
