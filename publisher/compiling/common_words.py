"""Words that say nothing of what a text is about, by language: what any two texts share."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON_WORDS = {
    "vi": _words(
        """
        và của là có cho các những một được trong với không đã này khi từ đến tại người về ở vào ra để theo sau trên
        năm ngày sẽ như bị do còn hơn nhiều đó lại nói ông bà anh chị em sáng chiều tối đêm hai ba bốn sáu bảy tám
        chín mười đang phải cùng mới cũng hay thì mà nên rằng nhất giữa qua trước lên xuống đều vì mỗi gần khoảng
        lúc giờ phút tháng tỷ triệu nghìn đồng thành phố tỉnh huyện xã phường bộ sở ủy ban nhân dân chính
        """
    ),
    "en": _words(
        """
        a about after all an and are as at back be been before but by can could day days down eight first five for
        four from had has have he her his if in into is it its last may month more new nine no not of off on one
        only or other out over people per cent said says seven she since six so some ten than that the their then
        there these they this those three to two under until up was we week weeks were when which who will with
        would year years monday tuesday wednesday thursday friday saturday sunday
        """
    ),
    "de": _words(
        """
        aber alle als am an auch auf aus bei bis das dass dem den der des die drei durch ein eine einem einen einer
        er es für gegen gibt haben hat hatte ihr im in ist jahr jahre jahren kann kein mehr mit nach nicht noch nun
        nur oder sagte sei sein seit sich sie sind so soll sollen über um und unter uhr viel vom von vor war waren
        werden wie wird wo wurde wurden zu zum zur zwei zwischen
        """
    ),
    "fr": _words(
        """
        a ai ainsi an ans après au aussi autre aux avait avant avec car ce cela ces cette ceux chez comme contre
        dans de depuis des deux dit doit donc dont du elle en encore entre est et été être eu fait il ils jour jours
        la le les leur leurs lors lui mais même mois ne ni nous on ont ou où par pas plus pour qu que qui sa sans se
        selon ses si son sont sous sur tous tout trois très un une vers vous
        """
    ),
    "es": _words(
        """
        a al ante antes así aún años año como con contra cual cuando de del desde después día días dijo donde dos el
        ella en entre era es esta este esto fue ha había han hasta hay la las le les lo los más me mes mientras muy
        ni no nos o para pero poco por porque que quien se según ser si sido sin sobre son su sus también tras tres
        un una uno y ya
        """
    ),
}
"""Those that half of any running text is made of; without case, as ``str.casefold`` leaves them."""
