package explain

import "github.com/imapwire/imapwire/parser/syntax"

// Token is the entry that says most about a node: for a flag that of \Seen rather than that of flags in general, for the word FETCH that of the command.
// src is the message that tree was made of. ok is false only if nothing at all is known of the node's kind.
func (t *Table) Token(tree *syntax.Tree, id syntax.ID, src []byte) (e Entry, ok bool) {
	if int(id) >= len(tree.Nodes) {
		return Entry{}, false
	}
	n := &tree.Nodes[id]
	general, known := t.Entry(Kinds, n.Kind.String())
	if general.Refs == "" {
		general.Refs = n.Kind.RFC()
		general.RFC, general.Section = firstRef(general.Refs)
	}
	topic, ok := topicOf(n.Kind)
	if !ok && isWord(n.Kind) {
		topic, ok = topicAbove(tree, id)
	}
	if !ok || int(n.End) > len(src) || n.Start > n.End {
		return general, known
	}
	e, ok = t.specific(topic, src[n.Start:n.End])
	if !ok {
		return general, known
	}
	if e.ABNF == "" {
		e.ABNF = general.ABNF
	}
	if e.Refs == "" {
		e.Refs, e.RFC, e.Section = general.Refs, general.RFC, general.Section
	}
	return e, true
}

// specific looks the word up that token begins with.
func (t *Table) specific(topic Topic, token []byte) (Entry, bool) {
	word := firstWord(topic, token)
	if topic == Rights && len(word) > 1 {
		return Entry{}, false
	}
	if e, ok := t.Entry(topic, word); ok {
		return e, ok
	}
	if topic == Capabilities {
		for i := 0; i < len(word); i++ {
			if word[i] != '=' {
				continue
			}
			if compareFold([]byte("AUTH="), word[:i+1]) == 0 {
				if e, ok := t.Entry(Mechanisms, word[i+1:]); ok {
					return e, ok
				}
			}
			return t.Entry(Capabilities, word[:i+1])
		}
	}
	return Entry{}, false
}

// firstWord is the name at the start of a token: BODY.PEEK of BODY.PEEK[HEADER]<0.512>. The name of a command may be two words.
func firstWord(topic Topic, token []byte) string {
	i := 0
	for ; i < len(token) && i < 64; i++ {
		switch c := token[i]; {
		case c == ' ' && topic == Commands && i == 3 && compareFold(token[:3], "uid") == 0:
		case c <= ' ', c == '(', c == ')', c == '[', c == ']', c == '"':
			return string(token[:i])
		case c == '<' && topic == Items:
			return string(token[:i])
		}
	}
	return string(token[:i])
}

// isWord says that a node is a plain protocol word, whose meaning is that of the rule around it.
func isWord(k syntax.Kind) bool {
	return k == syntax.KindKeyword || k == syntax.KindAtom || k == syntax.KindAstring || k == syntax.KindTaggedExtLabel
}

// topicAbove is the topic of the nearest rule around a word that begins with it.
func topicAbove(tree *syntax.Tree, id syntax.ID) (topic Topic, ok bool) {
	start := tree.Nodes[id].Start
	for above := range tree.At(start) {
		if above >= id {
			break
		}
		if n := &tree.Nodes[above]; n.Start == start || isListOfWords(n.Kind) {
			if here, has := topicOf(n.Kind); has {
				topic, ok = here, true
			}
		}
	}
	return topic, ok
}

// isListOfWords says that every word right in such a node belongs to the node's topic, not only the first.
func isListOfWords(k syntax.Kind) bool {
	switch k {
	case syntax.KindSearchReturnOpts, syntax.KindListSelectOpts, syntax.KindListReturnOpts, syntax.KindStatusAtts, syntax.KindStatusAttList:
		return true
	}
	return false
}

// topicOf is the topic that has the words of a kind's tokens.
func topicOf(k syntax.Kind) (Topic, bool) {
	switch k {
	case syntax.KindCommandName:
		return Commands, true
	case syntax.KindRespStatus, syntax.KindMailboxData, syntax.KindMessageData, syntax.KindCapabilityData, syntax.KindEnableData, syntax.KindResponseData:
		return Responses, true
	case syntax.KindRespCodeName, syntax.KindRespTextCode:
		return Codes, true
	case syntax.KindFetchAtt, syntax.KindFetchMacro, syntax.KindMsgAttName, syntax.KindMsgAttDynamic, syntax.KindMsgAttStatic, syntax.KindMsgAttSemistat, syntax.KindMsgAttExt,
		syntax.KindFetchModResp, syntax.KindFetchEmailidResp, syntax.KindFetchThreadidResp,
		syntax.KindSectionText, syntax.KindSectionMsgtext, syntax.KindSectionSpec:
		return Items, true
	case syntax.KindStatusAtt, syntax.KindStatusAttVal:
		return StatusItems, true
	case syntax.KindSearchKey:
		return Keys, true
	case syntax.KindSortKey, syntax.KindSortCriterion, syntax.KindThreadAlg:
		return SortKeys, true
	case syntax.KindFlag, syntax.KindFlagKeyword, syntax.KindFlagExtension, syntax.KindFlagFetch, syntax.KindFlagPerm, syntax.KindMbxListOflag, syntax.KindMbxListSflag, syntax.KindUseAttr:
		return Flags, true
	case syntax.KindCapability:
		return Capabilities, true
	case syntax.KindAuthType:
		return Mechanisms, true
	case syntax.KindListSelectOpt, syntax.KindListReturnOpt, syntax.KindSearchReturnOpt, syntax.KindSearchModifierName, syntax.KindSelectParam, syntax.KindSelectParamName,
		syntax.KindCreateParam, syntax.KindCreateParamName, syntax.KindRenameParam, syntax.KindRenameParamName, syntax.KindFetchModifier, syntax.KindFetchModifierName,
		syntax.KindStoreModifier, syntax.KindStoreModifierName, syntax.KindAppendExt, syntax.KindAppendExtName, syntax.KindGetmetadataOption, syntax.KindScopeOption,
		syntax.KindScopeOptions, syntax.KindEvent, syntax.KindMessageEvent, syntax.KindFilterMailboxes, syntax.KindResourceName, syntax.KindStoreAttItem,
		syntax.KindSearchReturnOpts, syntax.KindListSelectOpts, syntax.KindListReturnOpts, syntax.KindMboxListExtendedItemTag, syntax.KindCatPart:
		return Options, true
	case syntax.KindRights:
		return Rights, true
	}
	return 0, false
}
