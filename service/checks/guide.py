"""What each type of check is called and asks, told to trainers: the one place that names the types.

The labels of verdicts and the panel beside the editor of exercises both read it; whoever adds a check adds a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OPINION = "llm-rubric"
"""Asked of the model, not of a rule: its opinion stands beside the verdicts (``service.opinion``)."""
SET = "assert-set"
"""A group of checks that count as one."""


@dataclass(frozen=True)
class Guide:
    """A type of check: ``label`` of its verdict, what it asks, the ``value`` it wants, a line for an exercise's file.

    ``value`` is empty where none is wanted; ``example`` is YAML, one assertion as a mapping on one line.
    """

    label: str
    asks: str
    value: str
    example: str


@dataclass(frozen=True)
class Group:
    """Types that a trainer looks for together."""

    name: str
    types: Mapping[str, Guide]


_WORDS = "chữ cần có"
_LIST = "danh sách chữ"
_TEXT = "văn bản đối chiếu, hoặc danh sách vài văn bản"
_MUST = "Ý bắt buộc"

AVOID = "Điều phải tránh"
"""The label of a check that must not find what it looks for."""


def apart(label: str, what: str) -> str:
    """A label that several checks of an exercise have, and what tells one of them from the others."""
    return f"{label}: {what}"


def common(label: str) -> str:
    """The label without what ``apart`` has added."""
    return label.partition(": ")[0]


GROUPS: tuple[Group, ...] = (
    Group(
        "Câu lệnh của học viên",
        {
            "prompt-has": Guide(
                "Các phần của câu lệnh",
                "Câu lệnh có đủ các phần cần có.",
                "danh sách phần: role, context, task, data, format, constraints, self_check",
                "{type: prompt-has, value: [task, data, format], metric: cau-lenh}",
            ),
            "prompt-max-words": Guide(
                "Độ dài câu lệnh",
                "Câu lệnh không dài quá mức.",
                "số tiếng nhiều nhất",
                "{type: prompt-max-words, value: 120, metric: cau-lenh}",
            ),
        },
    ),
    Group(
        "Đúng với nguồn",
        {
            "grounded-numbers": Guide(
                "Số liệu có trong nguồn",
                "Mọi số, ngày, giờ, số văn bản của kết quả có trong tài liệu hoặc câu lệnh.",
                "",
                "{type: grounded-numbers, metric: so-lieu, weight: 2, severity: essential}",
            ),
            "grounded-names": Guide(
                "Tên riêng có trong nguồn",
                "Mọi tên người, cơ quan, địa danh và lời trích trong ngoặc kép có trong tài liệu hoặc câu lệnh.",
                "",
                "{type: grounded-names, metric: ten-rieng, weight: 2}",
            ),
            "keeps-numbers": Guide(
                "Giữ đủ số liệu",
                "Kết quả giữ các số liệu này; không ghi thì tính các ngày, số tiền, tỷ lệ, giờ của tài liệu.",
                "danh sách số liệu, đặt trong dấu ngoặc kép",
                '{type: keeps-numbers, value: ["80%", "15 tháng 12"], metric: so-lieu}',
            ),
            "cites-source": Guide(
                "Trích dẫn đúng đoạn",
                "Kết quả dẫn nguồn [1], [2]… và mỗi chỗ dẫn đúng với đoạn ấy.",
                "số trích dẫn ít nhất",
                "{type: cites-source, value: 2, metric: dan-nguon}",
            ),
            "context-faithfulness": Guide(
                "Từng câu có căn cứ",
                "Tỷ lệ câu của kết quả có căn cứ trong tài liệu đạt mức threshold (0.5).",
                "",
                "{type: context-faithfulness, threshold: 0.8}",
            ),
            "citation-faithfulness": Guide(
                "Câu đúng với đoạn được dẫn",
                "Tỷ lệ câu có dẫn nguồn mà đúng với đoạn được dẫn đạt mức threshold (0.5).",
                "",
                "{type: citation-faithfulness, threshold: 0.8}",
            ),
            "no-invention": Guide(
                "Không đoán điều tài liệu không nêu",
                "Tài liệu không có câu trả lời: kết quả phải nói rõ là không nêu.",
                "",
                "{type: no-invention, metric: khong-bia, severity: essential}",
            ),
            "similar-to-source": Guide(
                "Viết bằng lời của mình",
                "Kết quả không chép nguyên văn quá nhiều từ tài liệu.",
                "phần chép nhiều nhất, từ 0 đến 1",
                "{type: similar-to-source, value: 0.5}",
            ),
        },
    ),
    Group(
        "Văn bản hành chính",
        {
            "nd30-format": Guide(
                "Thể thức văn bản",
                "Kết quả đúng thể thức theo Nghị định số 30/2020/NĐ-CP.",
                "loại văn bản, ví dụ cong_van, thong_bao; thêm options: {scope: body} khi chỉ đòi phần nội dung",
                "{type: nd30-format, value: cong_van, metric: the-thuc, weight: 2}",
            ),
            "legal-ref": Guide(
                "Viện dẫn văn bản",
                "Lần đầu viện dẫn ghi đủ số, ký hiệu, ngày; văn bản không có trong nguồn thì nhắc tra cứu, không chấm.",
                "",
                "{type: legal-ref, metric: can-cu}",
            ),
            "addresses": Guide(
                "Nơi gửi, nơi nhận, xưng hô",
                "Dòng “Kính gửi” đủ nơi, “Nơi nhận” có “Như trên”, không xưng hô như nói chuyện.",
                "danh sách nơi nhận; bỏ trống thì không đòi nơi nào",
                "{type: addresses, value: [Trạm Thú y]}",
            ),
            "register": Guide(
                "Văn phong hành chính",
                "Không sót lời của máy, ký hiệu định dạng, biểu tượng, chỗ trống chưa điền.",
                "danh sách cụm từ cấm thêm, có thể bỏ trống",
                "{type: register, value: [siêu, cực kỳ], metric: van-phong}",
            ),
            "no-personal-data": Guide(
                "Không có dữ liệu cá nhân",
                "Câu lệnh và kết quả không có số định danh, điện thoại, thư điện tử, tài khoản.",
                "",
                "{type: no-personal-data, metric: an-toan, severity: essential}",
            ),
        },
    ),
    Group(
        "Độ dài, bố cục và chữ phải có",
        {
            "max-words": Guide(
                "Độ dài",
                "Kết quả không dài quá mức, đếm theo tiếng.",
                "số tiếng nhiều nhất",
                "{type: max-words, value: 150, metric: do-dai}",
            ),
            "min-words": Guide(
                "Độ dài",
                "Kết quả không ngắn quá mức, đếm theo tiếng.",
                "số tiếng ít nhất",
                "{type: min-words, value: 60, metric: do-dai}",
            ),
            "word-count": Guide(
                "Độ dài",
                "Số tiếng của kết quả nằm trong khoảng.",
                "{min: …, max: …}; ghi một con số thì phải đúng chừng ấy tiếng",
                "{type: word-count, value: {min: 60, max: 150}, metric: do-dai}",
            ),
            "sections": Guide(
                "Đủ các mục",
                "Các mục đứng đầu dòng, đúng thứ tự; “A|B” nhận một trong hai tên.",
                "danh sách tên mục",
                "{type: sections, value: [Kết quả, Tồn tại|Hạn chế, Kiến nghị]}",
            ),
            "contains": Guide(
                _MUST,
                "Kết quả có chữ này, đúng chữ hoa, chữ thường.",
                _WORDS,
                "{type: contains, value: Tổ công nghệ số cộng đồng}",
            ),
            "contains-any": Guide(
                _MUST,
                "Kết quả có ít nhất một trong các chữ này, đúng chữ hoa, chữ thường.",
                _LIST,
                "{type: contains-any, value: [Chủ tịch, Phó Chủ tịch]}",
            ),
            "contains-all": Guide(
                _MUST,
                "Kết quả có tất cả các chữ này, đúng chữ hoa, chữ thường.",
                _LIST,
                "{type: contains-all, value: [Văn phòng, Trạm Thú y]}",
            ),
            "icontains": Guide(
                _MUST,
                "Kết quả có chữ này, không phân biệt hoa thường.",
                _WORDS,
                "{type: icontains, value: tiêm phòng}",
            ),
            "icontains-any": Guide(
                _MUST,
                "Kết quả có ít nhất một trong các chữ này, không phân biệt hoa thường.",
                _LIST,
                "{type: icontains-any, value: [hạn nộp, trước ngày]}",
            ),
            "icontains-all": Guide(
                _MUST,
                "Kết quả có tất cả các chữ này, không phân biệt hoa thường.",
                _LIST,
                "{type: icontains-all, value: [chủ trì, thời hạn]}",
            ),
            "starts-with": Guide(
                "Câu mở đầu",
                "Kết quả mở đầu bằng chữ này.",
                "chữ mở đầu",
                "{type: starts-with, value: Kính gửi}",
            ),
            "equals": Guide(
                "Đúng nguyên văn",
                "Kết quả đúng nguyên văn, không thêm bớt.",
                "cả kết quả",
                "{type: equals, value: Tài liệu không nêu.}",
            ),
            "regex": Guide(
                "Đúng mẫu câu",
                "Kết quả có chỗ khớp với mẫu (biểu thức chính quy).",
                "mẫu, đặt trong dấu nháy đơn",
                "{type: regex, value: 'Điều \\d+'}",
            ),
        },
    ),
    Group(
        "Gần với văn bản mẫu",
        {
            "rouge-n": Guide(
                "Giữ ý của văn bản đối chiếu",
                "Tỷ lệ tiếng của văn bản đối chiếu có trong kết quả đạt mức threshold (0.75).",
                _TEXT,
                "{type: rouge-n, value: Xã tiêm phòng xong trước ngày 15 tháng 12., threshold: 0.5}",
            ),
            "bleu": Guide(
                "Sát văn bản đối chiếu (BLEU)",
                "Kết quả sát văn bản đối chiếu theo BLEU, mức threshold 0.5.",
                _TEXT,
                "{type: bleu, value: Xã tiêm phòng xong trước ngày 15 tháng 12., threshold: 0.4}",
            ),
            "gleu": Guide(
                "Sát văn bản đối chiếu (GLEU)",
                "Kết quả sát văn bản đối chiếu theo GLEU, mức threshold 0.5; hợp với văn bản ngắn hơn BLEU.",
                _TEXT,
                "{type: gleu, value: Xã tiêm phòng xong trước ngày 15 tháng 12., threshold: 0.4}",
            ),
            "chrf": Guide(
                "Sát văn bản đối chiếu (chrF)",
                "Kết quả sát văn bản đối chiếu theo chrF, đếm theo chữ cái, mức threshold 0.5.",
                _TEXT,
                "{type: chrf, value: Xã tiêm phòng xong trước ngày 15 tháng 12., threshold: 0.5}",
            ),
            "levenshtein": Guide(
                "Gần như nguyên văn",
                "Kết quả khác văn bản đối chiếu không quá threshold ký tự (5).",
                "văn bản đối chiếu",
                "{type: levenshtein, value: Tài liệu không nêu., threshold: 10}",
            ),
            "similar": Guide(
                "Gần nghĩa với văn bản đối chiếu",
                "Kết quả gần nghĩa, mức threshold 0.75; máy chưa có mô hình so nghĩa thì không chấm.",
                _TEXT,
                "{type: similar, value: Xã phải tiêm phòng xong trước giữa tháng 12., threshold: 0.75}",
            ),
        },
    ),
    Group(
        "Bảng, JSON và bài làm bằng tay",
        {
            "fills-table": Guide(
                "Đúng bảng",
                "Bảng của kết quả đúng từng ô với bảng đáp án ở mục table.",
                "",
                "{type: fills-table, weight: 3}",
            ),
            "names-differences": Guide(
                "Đủ điểm khác nhau",
                "Kết quả nêu đủ các điểm khác nhau ở mục differences, cả bản cũ lẫn bản mới.",
                "",
                "{type: names-differences, weight: 3}",
            ),
            "flags-errors": Guide(
                "Tìm lỗi",
                "Các chỗ học viên đánh dấu trùng với lỗi gài ở mục planted.",
                "",
                "{type: flags-errors, weight: 3}",
            ),
            "sorts-cards": Guide(
                "Xếp thẻ",
                "Mỗi thẻ ở mục cards được xếp đúng mức.",
                "",
                "{type: sorts-cards, weight: 3}",
            ),
            "masks-data": Guide(
                "Che dữ liệu cá nhân",
                "Mọi chi tiết ở mục identifiers được che trọn, không che thừa.",
                "",
                "{type: masks-data, weight: 3}",
            ),
            "judges-pairs": Guide(
                "Chọn bản tốt hơn",
                "Ở mỗi cặp của mục pairs, học viên chọn đúng bản tốt hơn và đúng lý do.",
                "",
                "{type: judges-pairs, weight: 3}",
            ),
            "is-json": Guide(
                "Kết quả là JSON",
                "Kết quả chỉ gồm JSON; có khuôn thì đúng khuôn.",
                "khuôn JSON Schema, có thể bỏ trống",
                "{type: is-json, value: {type: object, required: [han, chu_tri]}}",
            ),
            "contains-json": Guide(
                "Có đoạn JSON đúng khuôn",
                "Trong kết quả có một đoạn JSON; có khuôn thì đúng khuôn.",
                "khuôn JSON Schema, có thể bỏ trống",
                "{type: contains-json, value: {type: object, required: [han]}}",
            ),
        },
    ),
    Group(
        "Lượt chạy của máy",
        {
            "finish-reason": Guide(
                "Viết trọn vẹn",
                "Máy viết xong hay bị cắt ở mức dài.",
                "stop (viết xong), length (bị cắt) hoặc cancelled (bị dừng)",
                "{type: finish-reason, value: stop}",
            ),
            "is-refusal": Guide(
                "Máy từ chối",
                "Máy từ chối làm; thường viết not-is-refusal để đòi máy làm.",
                "",
                "{type: not-is-refusal}",
            ),
            "latency": Guide(
                "Thời gian viết",
                "Máy viết không quá threshold mili giây.",
                "",
                "{type: latency, threshold: 30000}",
            ),
            "cost": Guide(
                "Chi phí",
                "Nhận để đọc được tệp của promptfoo; mô hình trên máy này không có giá nên không chấm.",
                "",
                "{type: cost, threshold: 0.01}",
            ),
        },
    ),
    Group(
        "Ý kiến của máy, người chấm, nhóm",
        {
            OPINION: Guide(
                "Ý kiến thứ hai của máy",
                "Máy nêu ý kiến theo từng tiêu chí, kèm câu được trích; chỉ tính điểm khi ghi options: {counts: true}.",
                "một tiêu chí, hoặc danh sách",
                "{type: llm-rubric, value: Người đọc biết ngay việc phải làm và hạn.}",
            ),
            SET: Guide(
                "Nhóm mục kiểm tra",
                "Các phép trong mục assert tính như một; đạt khi đủ cả nhóm, hoặc từ mức threshold.",
                "",
                "{type: assert-set, assert: [{type: icontains, value: hạn}, {type: regex, value: '\\d+/\\d+'}]}",
            ),
            "answer-relevance": Guide(
                "Đúng điều được hỏi",
                "Việc của người chấm; quy tắc không chấm thay.",
                "",
                "{type: answer-relevance}",
            ),
            "factuality": Guide(
                "Đúng sự thật",
                "Việc của người chấm; quy tắc không chấm thay.",
                "",
                "{type: factuality}",
            ),
            "select-best": Guide(
                "Bài tốt nhất",
                "Việc của người chấm; quy tắc không chấm thay.",
                "",
                "{type: select-best}",
            ),
            "human": Guide(
                "Người chấm",
                "Việc của người chấm; quy tắc không chấm thay.",
                "",
                "{type: human}",
            ),
        },
    ),
)

GUIDE: Mapping[str, Guide] = {name: guide for group in GROUPS for name, guide in group.types.items()}
