"""Eight steps that may run side by side; how many do is said when the pipeline is created, not here."""
from harness import *

emit("ParallelPipeline", [lambda_step(f"Parallel{i}", "f", {"i": i}) for i in range(8)])
