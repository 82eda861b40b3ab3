"""Names of the GraphQL door, derived from the REST names and never given twice."""


def camel(snake: str) -> str:
    """`due_on` → `dueOn`."""
    head, *tail = snake.split("_")
    return head + "".join(part.capitalize() for part in tail)


def pascal(snake: str) -> str:
    """`draft_task` → `DraftTask`."""
    return "".join(part.capitalize() for part in snake.split("_"))


def snake(camel_case: str) -> str:
    """`dueOn` → `due_on`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in camel_case)
