"""Eight steps that may run in parallel. Parallelism is limited when the pipeline is created, not in the definition."""
from harness import *

emit("ParallelPipeline", [lambda_step(f"Parallel{i}", "f", {"i": i}) for i in range(8)])
