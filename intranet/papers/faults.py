"""What goes wrong with letters, in sentences for people."""


class LetterFault(Exception):
    """The letter must not go out: a text is missing, changed, or names somebody. The message says what."""


class TemplateFault(Exception):
    """A Word template cannot be used. `problems` are sentences, one for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems
