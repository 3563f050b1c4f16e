"""Whose ids the catalogue cites, and what their owners ask to be said.

Said once: `lastday catalogue --notice` prints it, and it closes the page of frameworks.
"""

from simulator.report.layout import fill
from simulator.report.pipes import plain_text

OPENING = (
    "Controls and alerts name ids of the frameworks below and hold none of their text. "
    "Naming them does not imply that their owners sponsor or endorse this project."
)

OWNERS = (
    (
        "NIST SP 800-53 r5",
        "A work of the United States government, in the public domain.",
    ),
    (
        "CIS Controls v8.1",
        "Ids only. The text is copyright of the Center for Internet Security.",
    ),
    ("ISO/IEC 27001:2022", "Ids only. The text is copyright of ISO and IEC."),
    (
        "MITRE ATT&CK® v18.1",
        "© The MITRE Corporation. This work is reproduced and distributed with the "
        "permission of The MITRE Corporation. MITRE ATT&CK® and ATT&CK® are registered "
        "trademarks of The MITRE Corporation. Terms of use: "
        "https://attack.mitre.org/resources/terms-of-use/",
    ),
    (
        "MITRE D3FEND 1.2.0",
        "© The MITRE Corporation, under the MIT licence. MITRE D3FEND is a trademark "
        "of The MITRE Corporation.",
    ),
    (
        "Insider Threat Matrix v1.11.0",
        "Copyright © 2024-2026 Forscie Limited, under the Apache License 2.0. Insider "
        "Threat Matrix is a trademark of Forscie Limited.",
    ),
    (
        "Common Sense Guide to Mitigating Insider Threats, 7th edition",
        "Numbers only. The text is copyright of Carnegie Mellon University.",
    ),
)
"""Framework and notice. Source: standards sheet, section 0, and the owners' terms."""


def notice() -> str:
    """Write the notices as plain text."""
    parts = [fill(OPENING)]
    parts += [f"{fill(name)}\n{fill(said, indent=2)}" for name, said in OWNERS]
    return "\n\n".join(parts)


def notice_in_markdown() -> str:
    """Write the notices as a list in Markdown."""
    lines = [f"- **{name}**: {plain_text(said)}" for name, said in OWNERS]
    return "\n\n".join([OPENING, "\n".join(lines)])
