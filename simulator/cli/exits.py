"""How a command ends: exit codes, and errors as messages instead of tracebacks.

0 done · 1 an expectation failed · 2 bad input · 130 interrupted
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

DONE, EXPECTATION_FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


@contextmanager
def plain_endings() -> Iterator[None]:
    """Turn what a user can repair, an interrupt and a closed pipe into exit codes."""
    try:
        yield
        sys.stdout.flush()
    except click.exceptions.Exit:
        raise
    except KeyboardInterrupt:
        click.echo("interrupted; what was finished stands above", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _drop_output()
        raise click.exceptions.Exit(DONE) from None
    except OSError as wrong:
        why = (wrong.strerror or str(wrong)).lower()
        click.echo(f"cannot go on ({wrong.filename or 'output'}: {why})", err=True)
        _drop_output()
        raise click.exceptions.Exit(BAD_INPUT) from None
    except click.ClickException as wrong:
        wrong.show()
        raise click.exceptions.Exit(BAD_INPUT) from None
    except Exception as wrong:
        if not _is_repairable(wrong):
            raise
        click.echo(str(wrong), err=True)
        raise click.exceptions.Exit(BAD_INPUT) from None


def _is_repairable(wrong: Exception) -> bool:
    # Imported here, because --help must load nothing but click.
    from simulator.errors import LastdayError

    return isinstance(wrong, LastdayError)


def _drop_output() -> None:
    """Send what is still buffered nowhere: the reader has had enough."""
    # A standard output without a file, as in tests, has nothing left to lose.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
