"""MediaPipe's face mesh assets (npm @mediapipe/face_mesh) to a face_landmarker.task for MediaPipe Tasks 1.x.

Tasks wants a landmark model with two outputs (478 points, face flag); the asset has seven. The refinement that the
older graph did in C++ is appended to the model as RESHAPE, CONCATENATION, GATHER and MEAN.
"""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import flatbuffers
import numpy as np
import numpy.typing as npt
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata
from mediapipe.tasks.metadata import schema_py_generated as schema

from edge_node.models.converters.face_points import LEFT_EYE, LIPS, RIGHT_EYE

_ASSET = re.compile(r'"filename": *"([^"]*)", *"start": *(\d+), *"end": *(\d+)')
_GEOMETRY = "geometry_pipeline_metadata_landmarks.binarypb"
# Outputs of the attention model and how many numbers each has: mesh 468 * 3, the rest pairs.
_PARTS = (
    ("output_mesh_identity", 1404),
    ("output_lips", 160),
    ("output_left_eye", 142),
    ("output_right_eye", 142),
    ("output_left_iris", 10),
    ("output_right_iris", 10),
)
_MESH_POINTS, _POINTS = 468, 478
_LIPS_AT, _LEFT_EYE_AT, _RIGHT_EYE_AT, _LEFT_IRIS_AT, _RIGHT_IRIS_AT, _ALL = 1404, 1564, 1706, 1848, 1858, 1868
_EYE_CONTOUR = 16


def convert(sources: Sequence[Path], target: Path) -> None:
    """Write ``target`` from the packed assets and their loader script, in this order."""
    packed, loader = sources
    assets = _unpack(packed.read_bytes(), loader.read_text())
    landmarks = _two_outputs(assets["face_landmark_with_attention.tflite"])
    members = {
        "face_detector.tflite": _normalised(assets["face_detection_short_range.tflite"], "face_detector", 127.5, 127.5),
        "face_landmarks_detector.tflite": _normalised(landmarks, "face_landmarks", 0.0, 255.0),
        _GEOMETRY: assets[_GEOMETRY],
    }
    # Stored, not deflated: MediaPipe maps the members in place. The date is fixed so that the bytes are.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)


def _unpack(packed: bytes, loader: str) -> dict[str, bytes]:
    return {Path(name).name: packed[int(start) : int(end)] for name, start, end in _ASSET.findall(loader)}


def _load(model: bytes) -> Any:
    return schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(bytearray(model), 0))


def _dump(model: Any) -> bytes:
    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _name(tensor: Any) -> str:
    return tensor.name.decode() if isinstance(tensor.name, bytes) else str(tensor.name)


def _normalised(content: bytes, name: str, mean: float, deviation: float) -> bytes:
    """The model with the metadata Tasks reads: input pixel normalisation ``(x - mean) / deviation``."""
    model = _load(content)
    graph = model.subgraphs[0]
    options = metadata.NormalizationOptionsT()
    options.mean, options.std = [mean], [deviation]
    step = metadata.ProcessUnitT()
    step.optionsType, step.options = metadata.ProcessUnitOptions.NormalizationOptions, options
    picture = metadata.ImagePropertiesT()
    picture.colorSpace = metadata.ColorSpaceType.RGB
    kind = metadata.ContentT()
    kind.contentPropertiesType, kind.contentProperties = metadata.ContentProperties.ImageProperties, picture
    statistics = metadata.StatsT()
    statistics.max, statistics.min = [1.0], [-1.0 if mean else 0.0]
    entry = metadata.TensorMetadataT()
    entry.name, entry.content, entry.processUnits, entry.stats = "image", kind, [step], statistics
    tensors = metadata.SubGraphMetadataT()
    tensors.inputTensorMetadata, tensors.outputTensorMetadata = [entry], []
    for index in graph.outputs:
        output = metadata.TensorMetadataT()
        output.name = _name(graph.tensors[index])
        tensors.outputTensorMetadata.append(output)
    description = metadata.ModelMetadataT()
    description.name, description.subgraphMetadata, description.minParserVersion = name, [tensors], "1.0.0"
    builder = flatbuffers.Builder(0)
    builder.Finish(description.Pack(builder), b"M001")
    buffer = schema.BufferT()
    buffer.data = bytearray(builder.Output())
    model.buffers.append(buffer)
    named = schema.MetadataT()
    named.name, named.buffer = "TFLITE_METADATA", len(model.buffers) - 1
    model.metadata = [*(model.metadata or []), named]
    return _dump(model)


def _two_outputs(content: bytes) -> bytes:
    model = _load(content)
    graph = _GraphEdit(model)
    by_name = {_name(graph.graph.tensors[index]): index for index in graph.graph.outputs}
    values = graph.concat([graph.reshape(by_name[name], [size], f"flat_{name}") for name, size in _PARTS], _ALL)
    depths = [
        graph.mean(graph.gather(values, np.array([3 * point + 2 for point in contour[:_EYE_CONTOUR]]), name))
        for contour, name in ((LEFT_EYE, "left_depths"), (RIGHT_EYE, "right_depths"))
    ]
    values = graph.concat([values, *depths], _ALL + 2)
    points = graph.gather(values, _refined_indices().ravel(), "landmarks_flat")
    graph.graph.outputs = [graph.reshape(points, [1, 1, 1, 3 * _POINTS], "Identity"), by_name["conv_faceflag"]]
    return _dump(model)


def _refined_indices() -> npt.NDArray[np.int64]:
    """Where each of the 478 points' x, y and z lies in the concatenated outputs: int64 [478, 3]."""
    indices = np.zeros((_POINTS, 3), np.int64)
    indices[:_MESH_POINTS] = np.arange(3 * _MESH_POINTS).reshape(_MESH_POINTS, 3)
    for contour, start in ((LIPS, _LIPS_AT), (LEFT_EYE, _LEFT_EYE_AT), (RIGHT_EYE, _RIGHT_EYE_AT)):
        for order, point in enumerate(contour):
            indices[point, :2] = start + 2 * order, start + 2 * order + 1
    for order in range(5):
        left, right = _LEFT_IRIS_AT + 2 * order, _RIGHT_IRIS_AT + 2 * order
        indices[_MESH_POINTS + order] = left, left + 1, _ALL
        indices[_MESH_POINTS + 5 + order] = right, right + 1, _ALL + 1
    return indices


class _GraphEdit:
    """Appends operators to a TFLite model's only graph; each returns the index of its output tensor."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.graph = model.subgraphs[0]

    def reshape(self, source: int, shape: list[int], name: str) -> int:
        options = schema.ReshapeOptionsT()
        options.newShape = shape
        sizes = self._tensor(f"{name}_shape", [len(shape)], np.array(shape, np.int32))
        kinds = (schema.BuiltinOperator.RESHAPE, schema.BuiltinOptions.ReshapeOptions)
        return self._operator(kinds, [source, sizes], self._tensor(name, shape), options)

    def concat(self, sources: list[int], size: int) -> int:
        options = schema.ConcatenationOptionsT()
        options.axis = 0
        kinds = (schema.BuiltinOperator.CONCATENATION, schema.BuiltinOptions.ConcatenationOptions)
        return self._operator(kinds, sources, self._tensor(f"joined_{size}", [size]), options)

    def gather(self, source: int, indices: npt.NDArray[np.int64], name: str) -> int:
        options = schema.GatherOptionsT()
        options.axis = 0
        where = self._tensor(f"{name}_indices", [len(indices)], indices.astype(np.int32))
        kinds = (schema.BuiltinOperator.GATHER, schema.BuiltinOptions.GatherOptions)
        return self._operator(kinds, [source, where], self._tensor(name, [len(indices)]), options)

    def mean(self, source: int) -> int:
        options = schema.ReducerOptionsT()
        options.keepDims = True
        axis = self._tensor(f"mean_axis_{source}", [1], np.array([0], np.int32))
        kinds = (schema.BuiltinOperator.MEAN, schema.BuiltinOptions.ReducerOptions)
        return self._operator(kinds, [source, axis], self._tensor(f"mean_{source}", [1]), options)

    def _tensor(self, name: str, shape: list[int], values: npt.NDArray[np.int32] | None = None) -> int:
        buffer = schema.BufferT()
        if values is not None:
            buffer.data = np.frombuffer(values.tobytes(), np.uint8)
        self.model.buffers.append(buffer)
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.buffer = name, shape, len(self.model.buffers) - 1
        tensor.type = schema.TensorType.FLOAT32 if values is None else schema.TensorType.INT32
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def _operator(self, kinds: tuple[int, int], inputs: list[int], output: int, options: Any) -> int:
        operator = schema.OperatorT()
        operator.opcodeIndex = self._code(kinds[0])
        operator.inputs, operator.outputs = inputs, [output]
        operator.builtinOptionsType, operator.builtinOptions = kinds[1], options
        self.graph.operators.append(operator)
        return output

    def _code(self, builtin: int) -> int:
        for index, known in enumerate(self.model.operatorCodes):
            if known.builtinCode == builtin and not known.customCode:
                return index
        code = schema.OperatorCodeT()
        code.builtinCode, code.deprecatedBuiltinCode, code.version = builtin, min(builtin, 127), 1
        self.model.operatorCodes.append(code)
        return len(self.model.operatorCodes) - 1
