"""fer's Keras mini-XCEPTION (HDF5) to ONNX, without TensorFlow.

Input ``input``: float32 [N, 1, 64, 64], grey in [-1, 1]. Output: float32 [N, 7], probabilities in the order of the
metadata key ``labels``.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

_LABELS = "angry,disgust,fear,happy,sad,surprise,neutral"
_ACTIVATIONS = {"relu": "Relu", "softmax": "Softmax"}


def convert(sources: Sequence[Path], target: Path) -> None:
    """Write ``target`` from the one HDF5 model given; raises ValueError for a layer it does not know."""
    (source,) = sources
    with h5py.File(source) as model:
        layers = json.loads(model.attrs["model_config"])["config"]["layers"]
        graph = _Graph(model["model_weights"])
        for layer in layers:
            graph.add(layer)
    network = helper.make_graph(
        graph.nodes,
        "mini_xception",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 1, 64, 64])],
        [helper.make_tensor_value_info(layers[-1]["name"], TensorProto.FLOAT, ["N", 7])],
        graph.constants,
    )
    made = helper.make_model(network, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    made.metadata_props.add(key="labels", value=_LABELS)
    onnx.checker.check_model(made)
    target.write_bytes(made.SerializeToString(deterministic=True))


class _Graph:
    def __init__(self, weights: Any) -> None:
        self._weights = weights
        self._output_of: dict[str, str] = {}
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def add(self, layer: dict[str, Any]) -> None:
        name, kind, config = layer["name"], layer["class_name"], layer["config"]
        self._output_of[name] = name
        if kind == "InputLayer":
            self._output_of[name] = "input"
            return
        inputs = [self._output_of[node[0]] for node in layer["inbound_nodes"][0]]
        match kind:
            case "Conv2D":
                self._convolution(name, config, inputs[0])
            case "SeparableConv2D":
                self._separable(name, config, inputs[0])
            case "BatchNormalization":
                values = self._of(name)
                order = ("gamma", "beta", "moving_mean", "moving_variance")
                constants = [self._constant(f"{name}_{key}", values[key]) for key in order]
                self._node("BatchNormalization", [inputs[0], *constants], name, epsilon=config["epsilon"])
            case "MaxPooling2D":
                shape = {"kernel_shape": config["pool_size"], "strides": config["strides"]}
                self._node("MaxPool", inputs, name, auto_pad="SAME_UPPER", **shape)
            case "Add":
                self._node("Add", inputs, name)
            case "GlobalAveragePooling2D":
                self._node("GlobalAveragePool", inputs, name + "_4d")
                self._node("Flatten", [name + "_4d"], name)
            case "Activation":
                self._node(_ACTIVATIONS[config["activation"]], inputs, name)
            case _:
                raise ValueError(f"unknown layer {kind}")

    def _convolution(self, name: str, config: dict[str, Any], source: str) -> None:
        values = self._of(name)
        inputs = [source, self._constant(name + "_w", values["kernel"].transpose(3, 2, 0, 1))]
        if "bias" in values:
            inputs.append(self._constant(name + "_b", values["bias"]))
        self._node("Conv", inputs, name, **self._window(config))

    def _separable(self, name: str, config: dict[str, Any], source: str) -> None:
        values = self._of(name)
        depth = values["depthwise_kernel"]
        spatial = self._constant(name + "_d", depth.transpose(2, 3, 0, 1))
        self._node("Conv", [source, spatial], name + "_dw", group=depth.shape[2], **self._window(config))
        point = self._constant(name + "_p", values["pointwise_kernel"].transpose(3, 2, 0, 1))
        self._node("Conv", [name + "_dw", point], name, kernel_shape=[1, 1])

    @staticmethod
    def _window(config: dict[str, Any]) -> dict[str, Any]:
        padding: dict[str, Any] = {"auto_pad": "SAME_UPPER"} if config["padding"] == "same" else {"pads": [0] * 4}
        return {"kernel_shape": config["kernel_size"], "strides": config["strides"], **padding}

    def _of(self, layer: str) -> dict[str, npt.NDArray[np.float32]]:
        group = self._weights[layer]
        names = [name.decode() for name in group.attrs["weight_names"]]
        return {name.split("/")[-1].split(":")[0]: np.array(group[name]) for name in names}

    def _constant(self, name: str, values: npt.NDArray[np.float32]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> None:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
