"""Paraphrases: what offices say in several wordings has one token, so that rewording looks like no other claim."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_SAME = """
miễn phí/miễn/không mất tiền/không thu tiền/không thu phí/không thu/không phải nộp/không phải đóng/không phải trả/\
không phải mua vé/không phải đóng tiền/không phải nộp tiền/không phải trả tiền/khỏi đóng/khỏi nộp/không lấy tiền/\
không phải đóng lệ phí/không phải nộp phí/miễn tiền
tối đa/không quá/nhiều nhất/không vượt quá/không nhiều hơn
tối thiểu/ít nhất/không dưới/không ít hơn/trở lên
phải/bắt buộc/buộc phải/cần phải/có trách nhiệm/có nghĩa vụ/cần
có thể/được quyền/khuyến khích/tự nguyện/tùy ý
đồng ý/chấp thuận/tán thành/ủng hộ/đồng tình/nhất trí/thống nhất/bằng lòng
duyệt/phê duyệt/thông qua
từ chối/bác/bác bỏ/phản đối
hộ/gia đình/nhà/hộ gia đình/hộ dân/ngôi nhà
người dân/bà con/nhân dân/dân/công dân/cư dân
trẻ/trẻ em/trẻ nhỏ/em/cháu/em nhỏ
phụ huynh/cha mẹ/bố mẹ/cha mẹ học sinh
người cao tuổi/người già/cụ/cao tuổi
bạn đọc/độc giả/người đọc
doanh nghiệp/công ty
giáo viên/thầy cô/cô giáo/thầy giáo
trực tuyến/qua mạng/trên mạng
nộp/gửi/gửi đến/gửi về/nộp lên/gửi lên
hỏng/hư/hư hỏng/hư hại/làm hỏng/làm hư
không đổi/giữ nguyên/như cũ/không thay đổi/giữ như cũ/vẫn như/giữ mức/vẫn giữ
tăng/nâng/tăng lên/tăng thêm/lên giá/nâng lên
giảm/bớt/giảm bớt/giảm đi/rút
phạt/xử phạt/phạt tiền/nộp phạt/bị phạt
hoãn/lùi/dời/chuyển sang/lùi lại/dời sang/lùi sang/lùi tới
xong/hoàn thành/hoàn tất/làm xong/kết thúc
trước/chậm nhất/muộn nhất/trễ nhất
thời hạn/hạn/hạn cuối/hạn chót/thời gian
xin/đề nghị/kiến nghị/đề xuất/muốn/mong muốn
báo/báo cáo/thông báo/báo lại
mua/mua sắm/sắm
chở/vận chuyển/chuyên chở
phụ trách/đảm nhiệm/chịu trách nhiệm/lo/đảm trách/chịu/trang trải
diễn ra/tổ chức/tiến hành
nhận/tiếp nhận/lĩnh/hưởng/nhận được/lấy
cấp/phát/cấp phát/trao/tặng/trang bị
hằng tháng/hàng tháng/mỗi tháng/một tháng
hằng ngày/hàng ngày/mỗi ngày/một ngày
hằng năm/hàng năm/mỗi năm/một năm
hằng tuần/hàng tuần/mỗi tuần/một tuần
bước đầu/ban đầu/sơ bộ
mọi/tất cả/toàn bộ/hết thảy/toàn thể/bất kỳ/bất cứ/đều
điện thoại/số điện thoại/số máy/đường dây nóng
vứt/ném/bỏ/đổ/xả/quăng
sửa/sửa chữa/sửa lại/tu sửa/tu bổ/cải tạo/sửa sang/đính chính/viết lại
xây/xây dựng/dựng
kinh phí/chi phí/tiền/khoản tiền/số tiền/nguồn tiền/khoản chi
phí/lệ phí/mức phí/khoản thu/mức thu
hỗ trợ/trợ giúp/giúp đỡ/giúp
đền/đền bù/bồi thường/bồi hoàn
trễ/chậm/quá hạn/muộn/trễ hạn
phần lớn/đa số/chủ yếu/hầu hết/phần nhiều
nơi/chỗ/địa điểm/điểm
vì/do/bởi/bởi vì/nhờ/lý do/nguyên nhân/tại vì
biểu quyết/bỏ phiếu
thấy/phát hiện/tìm thấy/nhận thấy/bắt gặp/gặp/tìm/chạm mặt
chết/tử vong/thiệt mạng/mất mạng/sinh mạng
hiện/hiện nay/hiện tại/đang
dừng/ngừng/tạm dừng/tạm ngừng/đình chỉ/cắt/mất
họp/cuộc họp/hội nghị/buổi họp/dự họp
vắng/vắng mặt/nghỉ/không dự
dự/tham dự/tham gia
chọn/lựa chọn/tự chọn
dán/niêm yết/công khai
hơn/vượt/quá/cao hơn/trên/lớn hơn/nhiều hơn/vượt quá/hơn hẳn
dưới/thấp hơn/kém/ít hơn/chưa đến/chưa tới/chưa đầy/chưa đủ/chưa hết/nhỏ hơn
dùng/sử dụng
mang/đem/mang theo/đem theo/cầm/đưa
kê khai/khai/khai báo
bảo đảm/đảm bảo/cam kết/chắc chắn
lấy ý kiến/hỏi ý kiến/hỏi/lấy thêm ý kiến
bổ sung/thêm
giải trình/giải thích/làm rõ
thay/thay thế/thay cho/thế chỗ/chuyển thành
lắp/lắp đặt/gắn/đặt/bố trí/bật
trữ/tích/dự trữ/tích trữ
dọc/ven
thu hồi/lấy lại/lấy hết
quyết định/ấn định/chốt
đi/tới/đến/sang
kế tiếp/liền sau/tiếp theo/kế/kế sau/liền kề
đợi/chờ
ốm/bệnh/đau ốm/bị ốm
giữ/lưu giữ/giữ lại
tự/trực tiếp
lần/lượt/đợt
thực tế/thực địa/ngoài thực địa
ảnh hưởng/tác động
ứng/ứng trước/tạm ứng
dấu hiệu/biểu hiện
chuyển/bàn giao/giao/giao lại/nhường
thuộc/nằm trong/là của
đơn/đơn từ
giá/mức giá
đường/tuyến đường/con đường
dọn/quét dọn/dọn dẹp
rác/rác thải
ông/bà/anh/chị
chủ trì/đứng đầu/dẫn dắt
hiệu lực/áp dụng
gia súc/vật nuôi/trâu bò
có mặt/chứng kiến
bình quân/mức chung/trung bình
nhân viên/người làm
nhập/gộp/sáp nhập
mục tiêu/chỉ tiêu
loại/diện/đối tượng
chung/cùng/dùng chung
cao nhất/lớn nhất/nhiều nhất cả/dẫn đầu/đứng đầu cả
thấp nhất/xếp cuối/đứng cuối/ít nhất cả/rẻ nhất
dài nhất/lâu nhất
đếm/kiểm đếm
cháy/bốc cháy/thiêu rụi
tàu/thuyền/ghe
giấu/bí mật/kín
mất/thất lạc/làm mất/để mất
xuống/rớt/sụt xuống
phản ánh/phàn nàn/kêu
tập huấn/bồi dưỡng
trả lời/phúc đáp/hồi đáp
khởi công/bắt đầu/mở đầu
ghi/nêu/viết
"""

LIGHT = frozenset(
    """
    của và các có cho được là với theo về để đến từ này như những một ra thì mà đã sẽ vẫn còn cũng rồi bị nên ở vào
    nào ai đó ấy kia hay hoặc lại cả từng việc tại trong khi lúc rằng đấy con cái chiếc cuốn bức mình họ nếu tức bên
    ngay tính riêng song nhưng chứ ngoài số mỗi gồm trừ gì điều phần nữa chính hễ kể qua dù lẫn
    """.split()  # noqa: SIM905 -- eighty words are read as one text
)
"""Words that any two sentences share; they are not asked for."""
SOFT = frozenset(
    (
        "ông", "phải", "chỉ", "mới", "vừa", "đi", "vì", "mọi", "người", "nơi", "làm", "thuộc", "xuống", "mức",
        "loại", "chủ", "suốt", "chung", "giữa", "nằm", "hiện", "thể", "người dân", "có thể", "kinh phí",
    )
)  # fmt: skip
"""Tokens that claim little, or that a rule of their own looks at: not asked for as words."""
MODAL = frozenset(("phải", "thể", "có thể"))
"""Tokens that a denial passes over: what it denies stands behind them too."""
TURNS = frozenset(
    (
        "âm", "nhịn", "chỉ", "dưới", "hoãn", "dừng", "khác", "sai", "nhầm", "trễ", "vắng", "hỏng", "miễn phí",
        "từ chối",
    )
)  # fmt: skip
"""Tokens that say no without a denial."""
CLASSED = frozenset(
    (
        "ông", "hộ", "người", "trẻ", "nhóm", "dãy", "lần", "kênh", "mẫu", "đoạn", "thùng", "hạng", "khoản",
        "lớp", "buổi", "thứ", "vé", "thôn", "bản", "ấp", "xóm", "tổ", "khu", "quán", "trường", "trạm", "phòng",
        "tàu", "xe", "máy", "rác", "hàng", "thẻ", "sinh", "thu", "giải", "loại", "doanh nghiệp",
    )
)  # fmt: skip
"""Nouns behind which like things are told apart: «nhóm A», «thứ Hai», «dãy hàng khô»."""
ACTORS = frozenset(
    (
        "xã", "hợp", "trạm", "phòng", "sở", "ban", "đoàn", "hội", "tổ", "trường", "ủy", "chủ", "nhóm", "thôn",
        "hộ", "trẻ", "cơ", "a", "b", "đội", "bản", "tỉnh", "huyện", "phường", "thầu", "bí", "phó", "kế", "hiệu",
        "chi", "cán", "công", "viên", "doanh nghiệp", "người dân", "phụ huynh", "giáo viên",
    )
)  # fmt: skip
"""How those begin who do things in offices."""
COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
"""Counts in words that mean nothing else; «năm» is a year as well."""


def wording(words: Sequence[str], at: int) -> tuple[str, int]:
    """The token of the longest wording that begins here, and how many syllables it has."""
    here = _table().get(words[at], {})
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        found = here.get(tuple(words[at : at + length]))
        if found is not None:
            return found, length
    return words[at], 1


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[tuple[str, ...], str]]:
    """First syllable → {syllables of a wording: its token}."""
    table = dict[str, dict[tuple[str, ...], str]]()
    for line in _SAME.strip().split("\n"):
        same = line.split("/")
        for one in same:
            words = tuple(one.split())
            table.setdefault(words[0], {})[words] = same[0]
    return table


_LONGEST = 5
"""Syllables of a wording at most."""
