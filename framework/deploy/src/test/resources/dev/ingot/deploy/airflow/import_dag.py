"""Imports a DAG file without Airflow and prints what it declares, as JSON.

usage: import_dag.py FILE 2|3

Airflow is replaced by stub modules with only those names of Airflow 2 or 3 that are listed here, and by stub classes
with only the arguments that are listed here. An argument in default_args that this version does not have is ignored, as
in Airflow; but one of the two versions must have it.
"""

import importlib.abc
import importlib.machinery
import json
import runpy
import sys
import types

# The arguments of each class that Airflow 2.10 and 3 share, read in github.com/apache/airflow:
#   SparkSubmitOperator             providers/apache/spark  015d5de73450d467912e6cc31e9f44aab528190b
#   DatabricksRunNowOperator        providers/databricks  015b96e3b989f0f86e98b830580c780bfd7a2999
#   AzureSynapseRunPipelineOperator providers/microsoft/azure  02df1653021c2a179e66e2231f6100e450dc2e88
SHARED = {
    "DAG": "dag_id description schedule start_date end_date template_searchpath template_undefined user_defined_macros"
    " user_defined_filters default_args max_active_tasks max_active_runs max_consecutive_failed_dag_runs"
    " dagrun_timeout catchup on_success_callback on_failure_callback doc_md params access_control"
    " is_paused_upon_creation jinja_environment_kwargs render_template_as_native_obj tags owner_links auto_register"
    " dag_display_name",
    "BaseOperator": "task_id owner email_on_retry email_on_failure retries retry_delay retry_exponential_backoff"
    " max_retry_delay start_date end_date depends_on_past wait_for_downstream params default_args priority_weight"
    " weight_rule queue pool pool_slots execution_timeout trigger_rule resources run_as_user task_group inlets"
    " outlets on_execute_callback on_failure_callback on_success_callback on_retry_callback on_skipped_callback"
    " max_active_tis_per_dag max_active_tis_per_dagrun executor executor_config do_xcom_push doc_md",
    "SparkSubmitOperator": "application conf conn_id files py_files archives driver_class_path jars java_class packages"
    " exclude_packages repositories total_executor_cores executor_cores executor_memory driver_memory keytab principal"
    " proxy_user name num_executors status_poll_interval application_args env_vars verbose spark_binary"
    " properties_file yarn_queue deploy_mode use_krb5ccache",
    "DatabricksRunNowOperator": "job_id job_name job_parameters json dbt_commands notebook_params python_params"
    " jar_params spark_submit_params python_named_params idempotency_token databricks_conn_id polling_period_seconds"
    " databricks_retry_limit databricks_retry_delay databricks_retry_args wait_for_termination deferrable repair_run"
    " databricks_repair_reason_new_settings cancel_previous_runs",
    "AzureSynapseRunPipelineOperator": "pipeline_name azure_synapse_conn_id azure_synapse_workspace_dev_endpoint"
    " wait_for_termination reference_pipeline_run_id is_recovery start_activity_name parameters timeout"
    " check_interval",
    "Asset": "uri extra",
    "TaskGroup": "group_id prefix_group_id tooltip default_args",
    "CronTriggerTimetable": "cron timezone interval",
}
# The arguments that only one version has. Airflow 2.10 supports the provider apache-spark only up to 5.3.
ADDED = {
    "2": {},
    "3": {
        "SparkSubmitOperator": "post_submit_commands track_driver_via_k8s_api yarn_track_via_rm_api yarn_rm_auth durable"
        " reconnect_on_retry openlineage_inject_parent_job_info openlineage_inject_transport_info",
        "Asset": "name group watchers",
        "CronTriggerTimetable": "run_immediately",
    },
}
ARGUMENTS = {
    version: {name: names.split() + added.get(name, "").split() for name, names in SHARED.items()}
    for version, added in ADDED.items()
}
VERSION = sys.argv[2]
TEMPLATED = {
    "SparkSubmitOperator": "application conf files py_files jars driver_class_path packages exclude_packages keytab"
    " principal proxy_user name application_args env_vars properties_file",
    "DatabricksRunNowOperator": "json databricks_conn_id",
    "AzureSynapseRunPipelineOperator": "azure_synapse_conn_id",
}
# The arguments that become the templated 'json' of DatabricksRunNowOperator.
JSON = ["job_id", "job_name", "job_parameters", "idempotency_token"]

dag = {}
tasks = []
groups = []


def check_arguments(kind, given):
    unknown = sorted(set(given) - set(ARGUMENTS[VERSION][kind]))
    if unknown:
        raise TypeError(f"{kind} takes no argument {', '.join(unknown)}")


class Dag:
    def __init__(self, **given):
        check_arguments("DAG", given)
        dag.update(given)
        dag["schedule"] = given["schedule"] and vars(given["schedule"])
        dag["on_failure_callback"] = str(given.get("on_failure_callback"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


class TaskGroup:
    def __init__(self, group_id, **given):
        check_arguments("TaskGroup", given)
        self.group_id = group_id

    def __enter__(self):
        groups.append(self.group_id)

    def __exit__(self, *_):
        groups.pop()


class BaseOperator:
    template_fields = ()

    def __init__(self, **given):
        operator = [kind.__name__ for kind in type(self).__mro__ if kind.__name__ in SHARED][0]
        for known, arguments in [(ARGUMENTS.values(), dag["default_args"]), ([ARGUMENTS[VERSION]], given)]:
            for argument in sorted(arguments):
                if not any(argument in accepted[operator] + accepted["BaseOperator"] for accepted in known):
                    raise TypeError(f"{operator} takes no argument {argument}")
        self.id = ".".join(groups + [given["task_id"]])
        if self.id in [task["id"] for task in tasks]:
            raise ValueError(f"two tasks are named {self.id}")
        fields = set(self.template_fields) | (set(JSON) if "json" in self.template_fields else set())
        for argument, value in given.items():
            if "{{" in str(value) and argument not in fields:
                raise ValueError(f"{operator} does not render the template in {argument}")
        outlets = [vars(outlet) for outlet in given.pop("outlets", [])]
        self.task = {"id": self.id, "operator": operator, "arguments": given, "outlets": outlets, "upstream": []}
        tasks.append(self.task)

    def __rrshift__(self, before):
        self.task["upstream"] += [task.id for task in before]


def operator(name):
    return type(name, (BaseOperator,), {"template_fields": tuple(TEMPLATED[name].split())})


class Asset:
    def __init__(self, name, **given):
        check_arguments("Asset", given)
        self.name = name
        self.extra = given.get("extra")


class CronTriggerTimetable:
    def __init__(self, cron, **given):
        check_arguments("CronTriggerTimetable", given)
        self.cron = cron
        self.timezone = given["timezone"]


BOTH = {
    "airflow.providers.apache.spark.operators.spark_submit": {"SparkSubmitOperator": operator("SparkSubmitOperator")},
    "airflow.providers.databricks.operators.databricks": {
        "DatabricksRunNowOperator": operator("DatabricksRunNowOperator")
    },
    "airflow.providers.microsoft.azure.operators.synapse": {
        "AzureSynapseRunPipelineOperator": operator("AzureSynapseRunPipelineOperator")
    },
    "airflow.timetables.trigger": {"CronTriggerTimetable": CronTriggerTimetable},
    "company.alerts": {"page": "company.alerts.page"},
}
TWO = {
    "airflow": {"DAG": Dag},
    "airflow.datasets": {"Dataset": Asset},
    "airflow.utils.task_group": {"TaskGroup": TaskGroup},
}
THREE = {"airflow": {}, "airflow.sdk": {"DAG": Dag, "Asset": Asset, "TaskGroup": TaskGroup}}


class Stubs(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, modules):
        self.modules = modules

    def find_spec(self, name, path=None, target=None):
        known = any(module == name or module.startswith(name + ".") for module in self.modules)
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if known else None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__dict__.update(self.modules.get(spec.name, {}))
        return module

    def exec_module(self, module):
        pass


def check_cycles(name, seen):
    if name in seen:
        raise ValueError(f"the tasks have a cyclic dependency: {' > '.join(seen + [name])}")
    for before in [task for task in tasks if task["id"] == name][0]["upstream"]:
        check_cycles(before, seen + [name])


def rendered(text):
    """Renders a template for a run id with every special character of Airflow's; None without Jinja."""
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        return None
    environment = Environment(undefined=StrictUndefined)
    environment.filters["ds"] = lambda moment: moment[:10]
    run = {"run_id": "manual__2026-01-31T06:00:00.123456+00:00_a~b", "dag_run": {"run_after": "2026-01-30T23:59:59"}}
    template = environment.from_string(text)
    return [template.render(run), template.render(run, ds="2026-01-31")]


sys.meta_path.insert(0, Stubs({**BOTH, **(TWO if VERSION == "2" else THREE)}))
names = runpy.run_path(sys.argv[1])
for task in tasks:
    check_cycles(task["id"], [])
print(
    json.dumps(
        {"dag": dag, "tasks": tasks, "run": rendered(names.get("RUN", "")), "date": rendered(names["DATE"])}, default=str
    )
)
