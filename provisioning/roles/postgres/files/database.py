"""Make the coordinator's role, its database and the extension it needs; a second run changes nothing.

The role owns its database and has no right beyond it. The runner of playbooks, where it is named, has one that may
connect; what more it may do, `coordinator migrate` says. Prints one line for each thing that was made; exit status 1
with one line when the server does not answer in time.
"""

import argparse
import sys
import time
from pathlib import Path

import psycopg
from psycopg import sql

WAIT_SECONDS = 60.0
SUPERUSER = "postgres"
EXTENSION = "vector"


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--role", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--superuser-password-file", type=Path, required=True)
    parser.add_argument("--password-file", type=Path, required=True)
    parser.add_argument("--runner-role")
    parser.add_argument("--runner-password-file", type=Path)
    options = parser.parse_args()
    server = {"host": "127.0.0.1", "port": options.port, "connect_timeout": 2}
    superuser = server | {"user": SUPERUSER, "password": options.superuser_password_file.read_text().strip()}
    password = options.password_file.read_text().strip()
    try:
        with connect(superuser | {"dbname": "postgres"}) as connection:
            made = make_role(connection, options.role, password)
            made += make_database(connection, options.database, options.role)
        with connect(superuser | {"dbname": options.database}) as connection:
            made += make_contents(connection, options.role)
        passwords = {options.role: password}
        if options.runner_role:
            passwords[options.runner_role] = options.runner_password_file.read_text().strip()
            with connect(superuser | {"dbname": "postgres"}) as connection:
                found = make_role(connection, options.runner_role, passwords[options.runner_role])
                made += [f"runner's {what}" for what in found]
                made += let_connect(connection, options.database, options.runner_role)
        for role, word in passwords.items():
            if not opens(server | {"user": role, "password": word, "dbname": options.database}):
                with connect(superuser | {"dbname": "postgres"}) as connection:
                    words = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(word))
                    connection.execute(words)
                made.append("password")
    except psycopg.Error as error:
        sys.stderr.write(f"{str(error).splitlines()[0]}\n")
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in made))
    return 0


def connect(server):
    """Wait until the server answers; raises psycopg.OperationalError when it does not in time."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return psycopg.connect(autocommit=True, **server)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def opens(server):
    """Whether this role gets in."""
    try:
        psycopg.connect(**server).close()
    except psycopg.OperationalError:
        return False
    return True


def make_role(connection, role, password):
    """A role that may connect, and nothing else."""
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
        return []
    words = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}"
    connection.execute(sql.SQL(words).format(sql.Identifier(role), sql.Literal(password)))
    return ["role"]


def make_database(connection, database, role):
    """The role's database, which nobody else may open."""
    found = connection.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", (database,)
    ).fetchone()
    names = {"database": sql.Identifier(database), "role": sql.Identifier(role)}
    if found is None:
        connection.execute(sql.SQL("CREATE DATABASE {database} OWNER {role}").format(**names))
    elif found[0] != role:
        connection.execute(sql.SQL("ALTER DATABASE {database} OWNER TO {role}").format(**names))
    else:
        return []
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names))
    return ["database"]


def let_connect(connection, database, role):
    """A role that does not own the database may open it."""
    (may,) = connection.execute("SELECT has_database_privilege(%s, %s, 'CONNECT')", (role, database)).fetchone()
    if may:
        return []
    words = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
    connection.execute(words.format(sql.Identifier(database), sql.Identifier(role)))
    return ["runner's way in"]


def make_contents(connection, role):
    """The extension, which only a superuser can make, and the ownership of what a superuser made here before."""
    made = []
    if not connection.execute("SELECT 1 FROM pg_extension WHERE extname = %s", (EXTENSION,)).fetchone():
        connection.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(EXTENSION)))
        made.append("extension")
    foreign = connection.execute(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(c.relowner) <> %s"
        # A serial column's sequence goes with its table.
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))",
        (role,),
    ).fetchall()
    for (name,) in foreign:
        # The name is quoted by regclass where it has to be.
        connection.execute(sql.SQL(f"ALTER TABLE {name} OWNER TO {{}}").format(sql.Identifier(role)))
        made.append(name)
    functions = connection.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'public' AND pg_get_userbyid(p.proowner) <> %s"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
        (role,),
    ).fetchall()
    for (name,) in functions:
        connection.execute(sql.SQL(f"ALTER ROUTINE {name} OWNER TO {{}}").format(sql.Identifier(role)))
        made.append(name)
    return made


if __name__ == "__main__":
    raise SystemExit(main())
