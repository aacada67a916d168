// The manifest: a segment is put if absent, HEAD moves by compare-and-swap onto the segment that owns the next slot, and
// an answer that never came is settled by looking who owns the slot. Nothing is deleted, so no lease is needed.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
)

const tries = 8

// answer is an error that the protocol knows: "fail" had no effect, of "info" nobody knows.
type answer struct{ kind, word, message string }

func (a *answer) Error() string { return a.message }

type head struct {
	Version      int     `json:"version"`
	CheckpointID *string `json:"checkpoint_id"`
	Seq          *int    `json:"last_segment_seq"`
	Txn          int     `json:"last_txn_id"`
	Nonce        string  `json:"nonce"`
	etag         string
}

type record struct {
	Key   string  `json:"key"`
	Op    string  `json:"op"`
	Value *string `json:"value,omitempty"`
}

type segment struct {
	Txn     int      `json:"txn_id"`
	Nonce   string   `json:"nonce"`
	Records []record `json:"records"`
}

type session struct {
	head   head
	staged []record
	state  map[string]string
}

type manifest struct {
	s3             *s3.Client
	bucket, prefix string
	session        *session
}

func newManifest(client *s3.Client, prefix string) *manifest {
	return &manifest{s3: client, bucket: os.Getenv("MANIFEST_BUCKET"), prefix: prefix}
}

func (h head) seq() int {
	if h.Seq == nil {
		return 0
	}
	return *h.Seq
}

func segmentKey(seq int) string { return fmt.Sprintf("segments/seg-%020d.json", seq) }

func checksum(body []byte) string { return fmt.Sprintf("%08x", crc32.ChecksumIEEE(body)) }

func hasCode(err error, code string) bool {
	var api smithy.APIError
	return errors.As(err, &api) && api.ErrorCode() == code
}

// load asks until there is an answer that can be trusted: whole, with an ETag, or a 404 (an empty etag).
func (m *manifest) load(key string, into any) (etag string, err error) {
	for range tries {
		got, err := m.s3.GetObject(context.Background(), &s3.GetObjectInput{Bucket: &m.bucket, Key: aws.String(m.prefix + "/" + key)})
		if hasCode(err, "NoSuchKey") {
			return "", nil
		}
		if err != nil {
			continue
		}
		body, err := io.ReadAll(got.Body)
		got.Body.Close()
		written, stamped := got.Metadata["crc32"]
		if err != nil || got.ETag == nil || (stamped && written != checksum(body)) || json.Unmarshal(body, into) != nil {
			continue
		}
		return *got.ETag, nil
	}
	return "", &answer{"fail", "unavailable", "no answer to GET " + key}
}

// store puts if absent, or over exactly etag. It says "done", "refused", or "unclear": nobody knows.
func (m *manifest) store(key string, value any, etag string, metadata map[string]string) string {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	metadata["crc32"] = checksum(body)
	put := &s3.PutObjectInput{Bucket: &m.bucket, Key: aws.String(m.prefix + "/" + key), Body: bytes.NewReader(body), Metadata: metadata}
	if etag == "" {
		put.IfNoneMatch = aws.String("*")
	} else {
		put.IfMatch = &etag
	}
	done, err := m.s3.PutObject(context.Background(), put)
	if hasCode(err, "PreconditionFailed") {
		return "refused"
	}
	if err != nil || done.ETag == nil {
		return "unclear"
	}
	return "done"
}

func (m *manifest) readHead() (head, error) {
	found := head{Version: 1}
	etag, err := m.load("HEAD.json", &found)
	found.etag = etag
	return found, err
}

// publish moves HEAD onto the segment that owns slot seq. True where HEAD is there or past it, whoever brought it there.
func (m *manifest) publish(from head, seq int, s segment) bool {
	for range tries {
		if from.seq() >= seq {
			return true
		}
		moved := head{Version: from.Version, CheckpointID: from.CheckpointID, Seq: &seq, Txn: s.Txn, Nonce: s.Nonce}
		if m.store("HEAD.json", moved, from.etag, map[string]string{}) == "done" {
			return true
		}
		next, err := m.readHead()
		if err != nil {
			return false
		}
		from = next
	}
	return false
}

// help publishes segments above HEAD: a slot's segment is decided, and its dead writer would stop everybody.
func (m *manifest) help() (head, error) {
	for {
		h, err := m.readHead()
		if err != nil {
			return h, err
		}
		var s segment
		etag, err := m.load(segmentKey(h.seq()+1), &s)
		if err != nil || etag == "" || !m.publish(h, h.seq()+1, s) {
			return h, err
		}
	}
}

func (m *manifest) begin(write bool) error {
	m.session = nil
	open := m.readHead
	if write {
		open = m.help
	}
	h, err := open()
	if err == nil {
		m.session = &session{head: h}
	}
	return err
}

// claim is true if the slot is ours, false if it is another's.
func (m *manifest) claim(seq int, s segment) (bool, error) {
	for range tries {
		switch m.store(segmentKey(seq), s, "", map[string]string{"fusio-txn-id": fmt.Sprint(s.Txn)}) {
		case "done":
			return true, nil
		case "unclear":
			continue
		}
		var found segment
		if etag, err := m.load(segmentKey(seq), &found); err != nil || etag == "" {
			break
		}
		return found.Nonce == s.Nonce, nil
	}
	return false, &answer{"info", "timeout", fmt.Sprintf("nobody knows who owns slot %d", seq)}
}

func (m *manifest) commit() (object, error) {
	open := m.session
	m.session = nil
	if len(open.staged) == 0 {
		return object{}, nil
	}
	h := open.head
	for range tries {
		seq := h.seq() + 1
		s := segment{Txn: h.Txn + 1, Nonce: nonce(), Records: open.staged}
		ours, err := m.claim(seq, s)
		if err != nil {
			return nil, err
		}
		if ours && m.publish(h, seq, s) {
			return object{"txn": s.Txn}, nil
		}
		if ours {
			return nil, &answer{"info", "timeout", fmt.Sprintf("segment %d is ours, but HEAD may not name it yet", seq)}
		}
		if h, err = m.help(); err != nil {
			return nil, err
		}
		if open.state != nil { // it has read: perhaps what the winner changed. Any other may stand behind the winner
			break
		}
	}
	return nil, &answer{"fail", "conflict", "another transaction took the slot"}
}

// state is what the session's HEAD says: all segments, in order.
func (m *manifest) state() (map[string]string, error) {
	open := m.session
	if open.state != nil {
		return open.state, nil
	}
	state := map[string]string{}
	for seq := 1; seq <= open.head.seq(); seq++ {
		var s segment
		etag, err := m.load(segmentKey(seq), &s)
		if err != nil {
			return nil, err
		}
		if etag == "" {
			return nil, &answer{"fail", "corrupt", fmt.Sprintf("no segment %d", seq)}
		}
		for _, r := range s.Records {
			if r.Op == "Put" && r.Value != nil {
				state[r.Key] = *r.Value
			} else {
				delete(state, r.Key)
			}
		}
	}
	open.state = state
	return state, nil
}

func nonce() string {
	bytes := make([]byte, 8)
	if _, err := rand.Read(bytes); err != nil {
		panic(err)
	}
	return hex.EncodeToString(bytes)
}
