"""The proof that a digest is never lost and never repeated: real workers, really killed, judged by what was received.

`receiver` is Slack's side and the truth, `world` what is to be delivered, `crew` the processes, `verdict` the judgment,
`runs` what is done to them. `tests/faults/prove.py` runs all of it, `tests/faults/test_proof.py` a short version.
"""
