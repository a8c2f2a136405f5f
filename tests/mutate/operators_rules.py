"""Faults in members that are right alone, but not together: what the rules in stdlib/api and stdlib/steps forbid."""
from mutant import Mutant, inserted, operator


def structures(program, name):
    """The written-out objects of a shape, those without spreads."""
    return [s for s in program.structures if s.type.name == name and not s.has_spread and s.node.kind == "object" and s.fields]


def text_of(program, node):
    return program.text[node.start : node.end]


def number_of(program, structure, name):
    """The number that a field has as a literal, or None."""
    field = structure.fields.get(name)
    text = text_of(program, field.value).strip('"') if field and field.value.kind in ("number", "string") else ""
    return float(text) if text.replace(".", "", 1).isdigit() else None


def with_field(structure, text, *others):
    """Adds a field in front of the others of an object. The message may be at one of these, too."""
    first = min(structure.fields.values(), key=lambda field: field.start)
    starts = [structure.fields[name].start for name in others if name in structure.fields]
    return inserted(first.start, text + "\n", *structure.starts, *starts)


def with_value(structure, name, text):
    value = structure.fields[name].value
    return Mutant([(value.start, value.end, text)], [value.start, *structure.starts])


def spot(program):
    """The stopping conditions of jobs with spot instances, and of jobs without."""
    on, off = [], []
    for condition in structures(program, "StoppingCondition"):
        around = [s for s in program.structures if s.node.start < condition.node.start and condition.node.end < s.node.end]
        job = max(around, key=lambda s: s.node.start, default=None)
        if job and not job.has_spread and "AlgorithmSpecification" in job.fields:
            (on if "EnableManagedSpotTraining" in job.fields else off).append(condition)
    return on, off


@operator()
def wait_without_spot(program, rng):
    for condition in spot(program)[1]:
        if "MaxWaitTimeInSeconds" not in condition.fields:
            yield with_field(condition, "MaxWaitTimeInSeconds: 400000")


@operator()
def wait_below_the_run_time(program, rng):
    for condition in spot(program)[0]:
        if (number_of(program, condition, "MaxRuntimeInSeconds") or 0) > 1 and "MaxWaitTimeInSeconds" in condition.fields:
            yield with_value(condition, "MaxWaitTimeInSeconds", "1")


@operator()
def groups_beside_a_type(program, rng):
    for resources in structures(program, "ResourceConfig"):
        if "InstanceType" in resources.fields and "InstanceGroups" not in resources.fields:
            group = '{ InstanceGroupName: "gpu", InstanceType: "ml.g5.xlarge", InstanceCount: 1 }'
            yield with_field(resources, f"InstanceGroups: [{group}]", "InstanceType", "InstanceCount")


@operator()
def group_that_does_not_exist(program, rng):
    for source in structures(program, "S3DataSource"):
        if "InstanceGroupNames" not in source.fields:
            yield with_field(source, 'InstanceGroupNames: ["no-such-group"]')


@operator()
def read_only_member(program, rng):
    for name in ("ResourceConfig", "ProcessingClusterConfig"):
        for resources in structures(program, name):
            yield with_field(resources, "SelectedInstanceCount: 1")


@operator()
def profiler_off_with_settings(program, rng):
    for profiler in structures(program, "ProfilerConfig"):
        disabled = profiler.fields.get("DisableProfiler")
        if disabled and text_of(program, disabled.value) == "true":
            yield with_field(profiler, "ProfilingIntervalInMilliseconds: 500", "DisableProfiler")
        elif disabled and "S3OutputPath" in profiler.fields:
            mutant = with_value(profiler, "DisableProfiler", "true")
            mutant.places.append(profiler.fields["S3OutputPath"].start)
            yield mutant


@operator()
def range_of_one_value(program, rng):
    for name in ("IntegerParameterRange", "ContinuousParameterRange"):
        for bounds in structures(program, name):
            if number_of(program, bounds, "MinValue") is not None and number_of(program, bounds, "MaxValue") is not None:
                mutant = with_value(bounds, "MaxValue", text_of(program, bounds.fields["MinValue"].value))
                mutant.places.append(bounds.fields["MinValue"].start)
                yield mutant
                yield with_value(bounds, "MinValue", '"100000000"')


@operator()
def category_twice(program, rng):
    for categories in structures(program, "CategoricalParameterRange"):
        values = categories.fields.get("Values")
        if values and values.value.kind == "list" and values.value.items and values.value.items[0].kind in ("string", "number"):
            item = values.value.items[0]
            yield inserted(item.start, text_of(program, item) + ", ", *categories.starts, item.start)


@operator()
def more_jobs_at_once_than_in_all(program, rng):
    for limits in structures(program, "ResourceLimits"):
        if (number_of(program, limits, "MaxNumberOfTrainingJobs") or 1000) < 100:
            yield with_value(limits, "MaxParallelTrainingJobs", "100")


@operator()
def data_of_two_kinds(program, rng):
    query = 'AthenaDatasetDefinition: { Catalog: "c", Database: "d", QueryString: "q", OutputS3Uri: "s3://b/a", OutputFormat: "PARQUET" }'
    for data in structures(program, "ProcessingInput"):
        if "S3Input" in data.fields:
            yield with_field(data, f"DatasetDefinition: {{ {query} }}", "S3Input")


@operator()
def feature_group_by_the_service(program, rng):
    for output in structures(program, "ProcessingOutput"):
        if "S3Output" in output.fields and text_of(program, output.fields.get("AppManaged", output.node)).endswith("false"):
            start, end = output.fields["S3Output"].start, output.fields["S3Output"].end
            yield Mutant([(start, end, 'FeatureStoreOutput: { FeatureGroupName: "orders" }')], [start, *output.starts])


@operator()
def serverless_variant_with_instances(program, rng):
    for variant in structures(program, "ProductionVariant"):
        if "InstanceType" in variant.fields:
            yield with_field(variant, "ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 }", "InstanceType",
                             "InitialInstanceCount")


@operator()
def model_data_twice(program, rng):
    source = '{ S3DataSource: { S3Uri: "s3://b/m/", S3DataType: "S3Prefix", CompressionType: "None" } }'
    for name in ("ContainerDefinition", "ModelPackageContainerDefinition"):
        for container in structures(program, name):
            if "ModelDataUrl" in container.fields:
                yield with_field(container, f"ModelDataSource: {source}", "ModelDataUrl")


@operator()
def name_beside_the_group(program, rng):
    for package in program.structures:
        if {"ModelPackageGroupName", "InferenceSpecification"} <= set(package.fields) and not package.has_spread:
            yield with_field(package, 'ModelPackageName: "one"', "ModelPackageGroupName")
